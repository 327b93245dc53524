// Puts the page together: what happens where is in the other files.
import * as api from './api.js';
import * as files from './files.js';
import {Gallery} from './gallery.js';
import {Live} from './live.js';
import {listenForKeys} from './keys.js';
import {LabelMap} from './map.js';
import {morph} from './morph.js';
import {Palette, rgb} from './palette.js';
import {paintSamples, thumbnails} from './previews.js';
import {askColors} from './question.js';
import {replay} from './replay.js';
import {Store} from './store.js';
import {fromRGB, Styles} from './styles.js';
import {Hand, tools} from './tools.js';
import {View} from './view.js';

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));
const status = element('status'), saveMilliseconds = 400;

/** @param {string} text */
function say(text, isWrong = false) {
  status.textContent = text;
  status.classList.toggle('wrong', isWrong);
}

const failed = (/** @type {unknown} */ error) => say(error instanceof Error ? error.message : String(error), true);

async function start() {
  const facts = await waitForServer();
  const {width, height} = facts;
  element('model-name').textContent = facts.name;
  const colors = facts.classes.map((entry) => rgb(entry.color, entry.id));
  const map = new LabelMap(width, height, facts.edges);
  const view = new View(element('map'), map, colors);
  const picture = /** @type {HTMLCanvasElement} */ (element('picture'));
  [picture.width, picture.height] = [width, height];
  const pictureContext = /** @type {CanvasRenderingContext2D} */ (picture.getContext('2d'));
  view.under = picture;
  const store = await Store.open(facts.name);
  let isReplaying = false;

  const palette = new Palette(facts.classes, colors, {
    list: element('palette'), recent: element('recent'), search: element('search'), chosen: () => {},
  });

  const live = new Live({
    body: () => map.bytes(),
    mix: () => (facts.style_length > 0 ? styles.current : {style: null, other: null, weight: 0}),
    show: (pixels, {paintTime, roundTrip, checksum}) => {
      pictureContext.putImageData(fromRGB(pixels, width, height), 0, 0);
      picture.dataset.checksum = checksum;
      picture.dataset.frame = `${Number(picture.dataset.frame ?? 0) + 1}`;
      element('times').textContent = `painted in ${paintTime.toFixed(0)} ms, ${(1000 / roundTrip).toFixed(1)} frames a second`;
      if (view.opacity < 1) view.schedule();
    },
    failed: (sentence) => say(sentence, true),
    recovered: () => say('The server is back.'),
  });

  let saving = 0;
  const save = () => {
    clearTimeout(saving);
    saving = setTimeout(() => store?.save({ids: map.ids.slice(), objects: map.objects?.slice() ?? null, style: styles.saved}).catch(failed), saveMilliseconds);
  };
  const changed = () => {
    live.changed();
    save();
  };
  const mapChanged = () => {
    view.changed();
    changed();
    showHistory();
  };
  const styles = new Styles({width, height, hasEncoder: facts.encoder}, {
    list: element('styles'), seed: element('seed'), dice: element('dice'), blend: element('blend'), blendWith: element('blend-with'),
    photo: element('photo'), camera: element('camera'), changed, body: () => map.bytes(), failed: (sentence) => say(sentence, true),
  });
  const hand = new Hand(view, map, {
    paint: () => ({id: palette.id, object: map.objects ? map.nextObject - 1 : 0}),
    newObject: () => {
      if (element('new-object').checked || map.nextObject === 1) map.nextObject = Math.min(map.nextObject + 1, 65535);
    },
    picked: (id) => palette.choose(id),
    changed: () => {
      view.changed();
      changed();
    },
    finished: () => {
      save();
      showHistory();
    },
    sized: (size) => resize(size),
  });

  // MARK: Tools

  const toolButtons = tools.map(({tool, name, key, sign}) => {
    const button = document.createElement('button');
    button.id = `tool-${tool}`;
    const label = document.createElement('span'), hint = document.createElement('kbd');
    label.textContent = `${sign} ${name}`;
    hint.textContent = key.toUpperCase();
    button.append(label, hint);
    button.title = `${name} (${key.toUpperCase()})`;
    button.setAttribute('aria-label', name);
    button.addEventListener('click', () => choose(tool));
    return button;
  });
  element('tools').append(...toolButtons);

  /** @param {import('./tools.js').Tool} tool */
  function choose(tool) {
    hand.abandon();
    hand.tool = tool;
    tools.forEach((each, index) => toolButtons[index].setAttribute('aria-pressed', `${each.tool === tool}`));
    hand.hover(null);
  }
  choose('brush');

  const size = /** @type {HTMLInputElement} */ (element('brush-size'));
  /** @param {number} value */
  function resize(value) {
    hand.size = Math.min(64, Math.max(1, Math.round(value)));
    size.value = `${hand.size}`;
    element('brush-size-text').textContent = size.value;
    if (view.cursor) hand.hover(view.cursor.point);
  }
  size.addEventListener('input', () => resize(Number(size.value)));
  for (const shape of /** @type {const} */ (['round', 'square'])) {
    element(`brush-${shape}`).addEventListener('click', () => {
      hand.shape = shape;
      element('brush-round').setAttribute('aria-pressed', `${shape === 'round'}`);
      element('brush-square').setAttribute('aria-pressed', `${shape === 'square'}`);
    });
  }
  element('pressure').addEventListener('change', (event) => (hand.usesPressure = /** @type {HTMLInputElement} */ (event.target).checked));
  element('new-object-label').hidden = !facts.edges;
  element('zoom-in').addEventListener('click', () => view.zoomBy(1.5));
  element('zoom-out').addEventListener('click', () => view.zoomBy(1 / 1.5));
  element('zoom-fit').addEventListener('click', () => view.moveTo({x: width / 2, y: height / 2}, 1));

  // MARK: History

  const undo = /** @type {HTMLButtonElement} */ (element('undo')), redo = /** @type {HTMLButtonElement} */ (element('redo'));
  function showHistory() {
    undo.disabled = map.done.length === 0;
    redo.disabled = map.undone.length === 0;
  }
  const step = (/** @type {'undo' | 'redo'} */ way) => {
    hand.abandon();
    if (map[way]()) mapChanged();
  };
  undo.addEventListener('click', () => step('undo'));
  redo.addEventListener('click', () => step('redo'));
  element('clear').addEventListener('click', () => {
    map.replace(new Uint16Array(width * height).fill(palette.id));
    mapChanged();
  });

  // MARK: Views

  const views = {both: 1, overlay: 0.45, picture: 0};
  /** @param {keyof typeof views} name */
  function show(name) {
    for (const each of Object.keys(views)) element(`view-${each}`).setAttribute('aria-pressed', `${each === name}`);
    element('stage').classList.toggle('single', name !== 'both');
    element('opacity-label').hidden = name !== 'overlay';
    view.opacity = name === 'overlay' ? Number(element('opacity').value) / 100 : views[name];
    view.schedule();
  }
  for (const name of /** @type {(keyof typeof views)[]} */ (Object.keys(views))) element(`view-${name}`).addEventListener('click', () => show(name));
  element('opacity').addEventListener('input', () => show('overlay'));
  // A phone has room for one of them.
  if (matchMedia('(max-width: 40rem)').matches) show('overlay');

  // MARK: Files

  const network = {width, height, classCount: facts.classes.length, unknownId: facts.unknown_id};
  /** @param {Uint8Array} bytes @param {string} name */
  async function openMap(bytes, name) {
    try {
      let reading = await files.readMap(bytes, network, colors);
      if (reading.unknown.length > 0) {
        const answers = await askColors(reading.unknown, facts.classes, colors);
        if (!answers) return;
        reading = await files.readMap(bytes, network, colors, answers);
      }
      map.replace(reading.ids);
      mapChanged();
      say(`Opened ${name}.`);
    } catch (error) {
      failed(error);
    }
  }
  const mapFile = /** @type {HTMLInputElement} */ (element('map-file'));
  element('open-map').addEventListener('click', () => mapFile.click());
  onFile(mapFile, async (file) => openMap(new Uint8Array(await file.arrayBuffer()), file.name));
  element('save-map').addEventListener('click', () => files.saveMap(map, colors).catch(failed));
  const png = async () => new Blob([(await api.paint(map.bytes(), live.owner.mix(), 'image/png')).bytes], {type: 'image/png'});
  element('save-picture').addEventListener('click', async () => {
    try {
      const scale = Number(element('picture-scale').value);
      await live.settled();
      files.download(scale === 1 ? await png() : await files.enlarged(picture, scale), scale === 1 ? 'picture.png' : `picture-${scale}x.png`);
    } catch (error) {
      failed(error);
    }
  });
  for (const name of ['photo', 'camera']) {
    const input = /** @type {HTMLInputElement} */ (element(`${name}-file`));
    element(name).addEventListener('click', () => input.click());
    onFile(input, (file) => styles.take(file, file.name));
  }

  /** A file that was dropped or pasted: a map if it is in ids or class colours, else a photo. @param {File} file */
  async function take(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (await isMap(bytes)) return openMap(bytes, file.name || 'the map');
    if (facts.encoder || bytes[1] === 0x53) return styles.take(file, file.name || 'photo');
    say(`${file.name || 'This file'} is no map of this network, and the network takes no style from photos.`, true);
  }
  async function isMap(/** @type {Uint8Array} */ bytes) {
    try {
      return (await files.readMap(bytes, network, colors)).strangeCount < (width * height) / 2;
    } catch {
      return false;
    }
  }
  const drop = element('drop');
  addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) drop.hidden = true;
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    drop.hidden = true;
    const file = event.dataTransfer?.files[0];
    if (file) take(file).catch(failed);
  });
  addEventListener('paste', (event) => {
    const file = event.clipboardData?.files[0];
    if (file) take(file).catch(failed);
  });

  // MARK: Gallery

  const gallery = new Gallery(element('gallery'), store, (entry) => {
    map.replace(entry.ids, entry.objects);
    if (entry.style) styles.restore(entry.style);
    mapChanged();
  });
  element('keep').addEventListener('click', async () => {
    try {
      await live.settled();
      await store?.keep({
        ids: map.ids.slice(), objects: map.objects?.slice() ?? null, style: facts.style_length > 0 ? styles.saved : null, time: Date.now(),
        picture: await png(),
      });
      await gallery.show();
    } catch (error) {
      failed(error);
    }
  });
  const layouts = /** @type {HTMLSelectElement} */ (element('layouts'));
  const shipped = await api.layouts();
  layouts.append(...shipped.map(({name, url}) => new Option(name, url)));
  /** @type {HTMLElement} */ (layouts.closest('label')).hidden = shipped.length === 0;
  layouts.addEventListener('change', async () => {
    if (!layouts.value || isReplaying) return;
    isReplaying = true;
    say('Press Escape to stop the show.');
    try {
      const {ids} = await files.readMap(await api.bytes(layouts.value), network, colors);
      await replay(map, ids, {
        chosen: (id) => palette.choose(id),
        changed: () => {
          view.changed();
          changed();
        },
        isStopped: () => !isReplaying,
      });
      say('');
    } catch (error) {
      failed(error);
    }
    isReplaying = false;
    layouts.value = '';
    showHistory();
  });

  // MARK: Film

  const film = /** @type {HTMLButtonElement} */ (element('morph'));
  let isFilming = false;
  film.addEventListener('click', async () => {
    if (isFilming) return void (isFilming = false);
    const {style, other} = styles.current;
    if (!style || !other || JSON.stringify(style) === JSON.stringify(other)) return say('Choose a second, other style under "Blend with" first.', true);
    isFilming = true;
    film.textContent = 'Stop the film';
    try {
      const result = await morph({body: map.bytes(), width, height, style, other, progress: say, isStopped: () => !isFilming});
      if (result) files.download(result.blob, `morph.${result.extension}`);
      say(result ? 'The film is saved.' : 'The film was stopped.');
    } catch (error) {
      failed(error);
    }
    isFilming = false;
    film.textContent = 'Film from one to the other';
  });

  listenForKeys({
    step, choose, zoom: (factor) => view.zoomBy(factor), resize: (way) => resize(hand.size + way * (hand.size > 8 ? 4 : 1)),
    recent: (index) => palette.chooseRecent(index), stop: () => (isReplaying = false),
  });

  // MARK: The first picture

  element('styles-section').hidden = facts.style_length === 0;
  if (facts.style_length > 0) await styles.load();
  const saved = await store?.load().catch(() => undefined);
  if (saved && saved.ids.length === map.ids.length) {
    map.replace(saved.ids, saved.objects);
    if (saved.style && facts.style_length > 0) styles.restore(saved.style);
  } else if (shipped.length > 0) {
    map.replace((await files.readMap(await api.bytes(shipped[0].url), network, colors)).ids);
  }
  map.done = [];
  mapChanged();
  await gallery.show();
  await live.settled();
  document.body.dataset.ready = 'true';
  if (!saved && !status.textContent) say(`Choose a class and paint on the map: the picture follows.${shipped.length > 0 ? ' "Show me" paints a drawing for you.' : ''}`);
  await paintSamples(facts, palette, map, live);
  if (facts.style_length > 0) thumbnails(styles, live, map).catch(() => {});
}

/** The server may be starting. */
async function waitForServer() {
  for (;;) {
    try {
      return await api.model();
    } catch (error) {
      failed(error);
      if (!(error instanceof api.ApiError) || error.status !== 0) throw error;
      await new Promise((next) => setTimeout(next, 1000));
    }
  }
}

/** @param {HTMLInputElement} input @param {(file: File) => unknown} take */
function onFile(input, take) {
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = '';
    if (file) Promise.resolve(take(file)).catch(failed);
  });
}

start().catch(failed);
