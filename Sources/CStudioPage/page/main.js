// Puts the page together: what happens where is in the other files.
import * as api from './api.js';
import {Beginning, serverFacts} from './beginning.js';
import {element} from './element.js';
import {Film} from './film.js';
import {Gallery} from './gallery.js';
import {Hand} from './hand.js';
import {History} from './history.js';
import {chooseFile, listenForFiles} from './incoming.js';
import {listenForKeys} from './keys.js';
import {Layouts} from './layouts.js';
import {Live} from './live.js';
import {LabelMap} from './map.js';
import {isSame} from './mix.js';
import {Opening} from './opening.js';
import {Palette, rgb} from './palette.js';
import {Picture} from './picture.js';
import {Pointers} from './pointers.js';
import {paintSamples, thumbnails} from './previews.js';
import {Saving} from './saving.js';
import {Stage} from './stage.js';
import {failed, say} from './status.js';
import {Store} from './store.js';
import {Styles} from './styles.js';
import {Toolbar} from './toolbar.js';
import {View} from './view.js';
import {Work} from './work.js';

/** The order in which the page comes up. */
async function start() {
  const facts = await serverFacts();
  element('loading').remove();
  const {work, palette, layouts, beginning, gallery} = parts(facts, await Store.open(facts.name));
  const {map, live, styles} = work;
  await layouts.load();
  await beginning.show();
  await gallery.show();
  await live.settled();
  document.body.dataset.ready = 'true';
  beginning.greet();
  const samples = () => paintSamples(facts, palette, map, live);
  styles ? thumbnails(styles, live, map, samples).catch(() => {}) : await samples();
}

/** @param {import('./api.js').ModelFacts} facts @param {Store | null} store */
function parts(facts, store) {
  element('model-name').textContent = facts.name;
  element('styles-section').hidden = facts.style_length === 0;
  const colors = facts.classes.map((entry) => rgb(entry.color, entry.id)), map = new LabelMap(facts.width, facts.height, facts.edges);
  const palette = new Palette(facts.classes, colors, {list: element('palette'), recent: element('recent'), search: element('search')});
  const view = new View(element('map'), map, colors), picture = pictureBeside(view);
  const styles = facts.style_length > 0 ? stylesOf(facts, {changed: () => work.changed(), listed: () => work.saveStyles()}) : null;
  const live = new Live({
    body: () => map.bytes(),
    mix: () => work.mix,
    show: (pixels, mix, frame) => {
      picture.show(pixels, frame);
      if (view.opacity < 1) view.schedule();
      if (styles && isSame(mix, styles.current)) styles.good = styles.saved;
    },
    away: (sentence) => say(sentence, true, true),
    refused: (sentence) => beginning.fallBack(sentence),
    recovered: () => say('The server is back.'),
  });
  /** @type {Work} */
  const work = new Work(map, facts.classes.length, {styles, live, store}, {
    drawn: () => view.changed(),
    stepped: () => {
      history.show();
      picture.showKept();
    },
  });
  const opening = openFiles(facts, colors, work);
  const layouts = new Layouts(work, {
    list: element('layouts'), read: (bytes) => opening.read(bytes), chosen: (id) => palette.choose(id),
  });
  const history = tools(work, view, palette, () => layouts.stop());
  const beginning = new Beginning(work, layouts);
  return {work, palette, layouts, beginning, gallery: saved(work, picture, colors, facts.keeps_pictures)};
}

/** @param {View} view of the map */
function pictureBeside(view) {
  const picture = new Picture(view.map, {
    canvas: element('picture'), shade: element('shade'), times: element('times'), cut: element('cut'), cutLabel: element('cut-label'),
    cutText: element('cut-text'),
    cutTo: (area) => {
      view.kept = area;
      view.schedule();
    },
  });
  view.under = picture.owner.canvas;
  new Stage(view, {
    stage: element('stage'), opacity: element('opacity'), opacityLabel: element('opacity-label'),
    buttons: {both: element('view-both'), overlay: element('view-overlay'), picture: element('view-picture')},
  });
  return picture;
}

/** @param {import('./api.js').ModelFacts} facts @param {{changed: () => void, listed: () => void}} owner */
function stylesOf(facts, owner) {
  return new Styles({hasEncoder: facts.encoder, styleLength: facts.style_length}, {
    list: element('styles'), seed: element('seed'), dice: element('dice'), blend: element('blend'), blendWith: element('blend-with'),
    photo: element('photo'), camera: element('camera'), remove: element('remove-style'), ...owner,
  });
}

/** What changes the map by hand. @param {Work} work @param {View} view @param {Palette} palette @param {() => void} stop a show */
function tools(work, view, palette, stop) {
  const newObject = /** @type {HTMLInputElement} */ (element('new-object'));
  element('new-object-label').hidden = !work.map.objects;
  const hand = new Hand(view, work.map, {
    id: () => palette.id, isNewObject: () => newObject.checked, picked: (id) => palette.choose(id), changed: () => work.drawn(),
    finished: () => {
      work.save();
      history.show();
    },
  });
  new Pointers(hand, view);
  const history = new History(work, {
    undo: element('undo'), redo: element('redo'), fill: element('clear'), id: () => palette.id, abandon: () => hand.abandon(),
  });
  const toolbar = new Toolbar(hand, view, {
    list: element('tools'), size: element('brush-size'), sizeText: element('brush-size-text'), pressure: element('pressure'),
    shapes: {round: element('brush-round'), square: element('brush-square')},
    zooms: {in: element('zoom-in'), out: element('zoom-out'), fit: element('zoom-fit')},
  });
  listenForKeys({
    step: (way) => history.step(way), choose: (tool) => toolbar.choose(tool), zoom: (factor) => view.zoomBy(factor),
    resize: (way) => toolbar.resizeBy(way), recent: (index) => palette.chooseRecent(index), stop,
  });
  return history;
}

/** What comes in as files. @param {import('./api.js').ModelFacts} facts @param {number[][]} colors of the ids @param {Work} work */
function openFiles(facts, colors, work) {
  const opening = new Opening(facts, colors, work);
  chooseFile(element('open-map'), element('map-file'), async (file) => opening.openMap(new Uint8Array(await file.arrayBuffer()), file.name));
  for (const name of ['photo', 'camera']) chooseFile(element(name), element(`${name}-file`), (file) => work.styles?.take(file, file.name));
  listenForFiles(element('drop'), (file) => opening.open(file));
  return opening;
}

/** What is saved as files, or kept in the browser. @param {Work} work @param {Picture} picture @param {number[][]} colors of the ids
 * @param {boolean} isShared whether the studio keeps it, too */
function saved(work, picture, colors, isShared) {
  const share = async () => {
    if (!isShared) return;
    await api.keep(work.map.bytes(), work.mix, picture.kept);
    say('The studio keeps this picture, too.');
  };
  element('kept-note').hidden = !isShared;
  if (isShared) element('save-picture').title = element('keep').title = 'The studio keeps it, too, and others may see it';
  new Saving(work, picture, colors, {
    map: element('save-map'), picture: element('save-picture'), scale: element('picture-scale'), style: element('save-style'), share,
  });
  if (work.styles) new Film(element('morph'), element('film-length'), work, work.styles, picture);
  return new Gallery(work.store, {
    list: element('gallery'), keep: element('keep'), share,
    entry: async () => {
      await work.live.settled();
      return {...work.drawing, time: Date.now(), picture: await picture.png(work.mix)};
    },
    open: (entry) => {
      if (!work.restore(entry)) say('This picture is of another model of this name, which has other classes or another size.', true);
    },
  });
}

start().catch(failed);
