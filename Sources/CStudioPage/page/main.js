// Puts the page together: what happens where is in the other files.
import * as api from './api.js';
import {decode, noAnswers, readMap} from './drawing.js';
import * as files from './files.js';
import {shapeName} from './fit.js';
import {isStyle} from './formats.js';
import {Gallery} from './gallery.js';
import {Live} from './live.js';
import {listenForKeys} from './keys.js';
import {LabelMap} from './map.js';
import {morph} from './morph.js';
import {Palette, rgb} from './palette.js';
import {paintSamples, thumbnails} from './previews.js';
import {askAbout} from './question.js';
import {replay} from './replay.js';
import {Store} from './store.js';
import {fromRGB, Styles} from './styles.js';
import {askForToken} from './token.js';
import {Hand, tools} from './tools.js';
import {shadeAround, View} from './view.js';

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));
const status = element('status'), saveMilliseconds = 400;

let isLastingStatus = false;
/** @param {string} text @param {boolean} isLasting whether it stays when a person goes on */
function say(text, isWrong = false, isLasting = false) {
  status.textContent = text;
  status.classList.toggle('wrong', isWrong);
  isLastingStatus = isLasting;
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
  const shade = /** @type {HTMLCanvasElement} */ (element('shade'));
  [shade.width, shade.height] = [width, height];
  const shadeContext = /** @type {CanvasRenderingContext2D} */ (shade.getContext('2d'));
  const store = await Store.open(facts.name);
  let isReplaying = false;

  const palette = new Palette(facts.classes, colors, {
    list: element('palette'), recent: element('recent'), search: element('search'), chosen: () => {},
  });

  const live = new Live({
    body: () => map.bytes(),
    mix: () => (facts.style_length > 0 ? styles.current : {style: null, other: null, weight: 0}),
    show: (pixels, mix, {paintTime, roundTrip, checksum}) => {
      pictureContext.putImageData(fromRGB(pixels, width, height), 0, 0);
      picture.dataset.checksum = checksum;
      picture.dataset.frame = `${Number(picture.dataset.frame ?? 0) + 1}`;
      element('times').textContent = `painted in ${paintTime.toFixed(0)} ms, ${(1000 / roundTrip).toFixed(1)} frames a second`;
      if (view.opacity < 1) view.schedule();
      if (facts.style_length > 0 && JSON.stringify(mix) === JSON.stringify(styles.current)) styles.good = styles.saved;
    },
    away: (sentence) => say(sentence, true, true),
    refused: (sentence) => fallBack(sentence),
    recovered: () => say('The server is back.'),
  });

  let saving = 0, savingStyles = 0;
  const drawing = () => ({
    ids: map.ids.slice(), objects: map.objects?.slice() ?? null, about: map.about, style: facts.style_length > 0 ? styles.saved : null,
  });
  const save = () => {
    clearTimeout(saving);
    saving = setTimeout(() => store?.save(drawing()).catch(failed), saveMilliseconds);
  };
  const saveStyles = () => {
    clearTimeout(savingStyles);
    savingStyles = setTimeout(() => store?.saveStyles(styles.all).catch(failed), saveMilliseconds);
  };
  const changed = () => {
    if (!isLastingStatus) say('');
    live.changed();
    save();
  };
  const mapChanged = () => {
    view.changed();
    changed();
    showHistory();
    showFrame();
  };
  const styles = new Styles({width, height, hasEncoder: facts.encoder, styleLength: facts.style_length}, {
    list: element('styles'), seed: element('seed'), dice: element('dice'), blend: element('blend'), blendWith: element('blend-with'),
    photo: element('photo'), camera: element('camera'), remove: element('remove-style'), changed, listed: saveStyles,
    body: () => map.bytes(), say,
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
    map.replace(new Uint16Array(width * height).fill(palette.id), null, {name: 'drawing', frame: map.about.frame});
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
      const samples = await decode(bytes), first = readMap(samples, network, colors);
      const answers = await askAbout(first, network, facts.classes, colors);
      if (!answers) return;
      const {ids, content, size, isOtherShape} = readMap(samples, network, colors, answers);
      map.replace(ids, null, {name: files.stem(name), frame: isOtherShape && answers.fit === 'pad' ? {area: content, size} : null});
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
  // A drawing of another shape is on a part of the map, and its picture is cut back to that.
  const whole = {x: 0, y: 0, width, height}, cut = /** @type {HTMLInputElement} */ (element('cut'));
  const kept = () => (map.about.frame && cut.checked ? map.about.frame.area : whole);
  const isWhole = () => kept() === whole;
  function showFrame() {
    const {frame} = map.about;
    element('cut-label').hidden = !frame;
    if (frame) element('cut-text').textContent = `Cut to ${shapeName(frame.size)}`;
    view.kept = isWhole() ? null : kept();
    shadeContext.clearRect(0, 0, width, height);
    if (view.kept) shadeAround(shadeContext, view.kept, {width, height});
    view.schedule();
  }
  cut.addEventListener('change', showFrame);
  const cutPicture = async () => (isWhole() ? png() : files.part(picture, 1, kept()));
  const styleLabel = () => (facts.style_length > 0 ? styles.fileLabel : '');
  element('save-picture').addEventListener('click', async () => {
    try {
      const scale = Number(element('picture-scale').value);
      await live.settled();
      const name = files.fileName([map.about.name, styleLabel(), scale === 1 ? '' : `${scale}x`], 'png');
      files.download(scale === 1 ? await cutPicture() : await files.part(picture, scale, kept()), name);
    } catch (error) {
      failed(error);
    }
  });
  element('save-style').addEventListener('click', async () => {
    try {
      files.download(await api.savedStyle(styles.current), `${files.plain(styles.fileLabel)}.z`);
    } catch (error) {
      failed(error);
    }
  });
  for (const name of ['photo', 'camera']) {
    const input = /** @type {HTMLInputElement} */ (element(`${name}-file`));
    element(name).addEventListener('click', () => input.click());
    onFile(input, (file) => styles.take(file, file.name));
  }

  /** A file that was dropped or pasted: a map if it is in ids or class colours, else a style. @param {File} file */
  async function take(file) {
    const bytes = new Uint8Array(await file.arrayBuffer()), name = file.name || 'the picture';
    if (isStyle(bytes) && facts.style_length > 0) return styles.take(file, name);
    const reason = await whyNoMap(bytes);
    if (reason === null) return openMap(bytes, name);
    if (!facts.encoder) return say(`${name} is no map: ${reason} This network takes no style from photos.`, true);
    await styles.take(file, name, ' "Open map" reads it as a drawing.');
  }
  /** @param {Uint8Array} bytes @returns {Promise<string | null>} null for a map */
  async function whyNoMap(bytes) {
    try {
      const {strangeCount} = readMap(await decode(bytes), network, colors);
      return strangeCount < (width * height) / 2 ? null : 'most of its colours are no class\'s.';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
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
    if (!isPossible(entry)) return say('This picture is of another model of this name, which has other classes or another size.', true);
    map.replace(entry.ids, entry.objects, entry.about);
    if (entry.style && facts.style_length > 0) styles.restore(entry.style);
    mapChanged();
  });
  element('keep').addEventListener('click', async () => {
    try {
      await live.settled();
      await store?.keep({...drawing(), time: Date.now(), picture: await cutPicture()});
      await gallery.show();
    } catch (error) {
      failed(error);
    }
  });
  const layouts = /** @type {HTMLSelectElement} */ (element('layouts'));
  const shipped = await api.layouts();
  layouts.append(...shipped.map(({name, url}) => new Option(name, url)));
  layouts.hidden = shipped.length === 0;
  layouts.addEventListener('change', async () => {
    if (!layouts.value || isReplaying) return;
    isReplaying = true;
    try {
      const {ids} = await shippedMap(layouts.value);
      say('Press Escape to stop the show.', false, true);
      await replay(map, ids, layouts.selectedOptions[0].text, {
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
    showFrame();
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
    const area = kept(), parts = [map.about.name, `${styles.chosen.label} to ${styles.other?.label}`];
    const name = (/** @type {string} */ extension) => files.fileName(parts, extension);
    const progress = (/** @type {string} */ text) => say(text, false, true);
    try {
      const result = await morph({body: map.bytes(), width, height, area, style, other, progress, isStopped: () => !isFilming});
      if (result) files.download(result.blob, name(result.extension));
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

  /** Whether this network can have a map that was kept. @param {import('./store.js').Drawing} kept */
  function isPossible({ids, objects}) {
    return ids instanceof Uint16Array && ids.length === map.ids.length && ids.every((id) => id < facts.classes.length)
      && (!objects || !map.objects || objects.length === map.objects.length);
  }
  /** What the server refuses is not asked for again: the style before is back, or, when the page opens, the first map.
   * @param {string} sentence why */
  function fallBack(sentence) {
    const isBack = facts.style_length > 0 && styles.retreat();
    if (!isBack && isRemembered) {
      isRemembered = false;
      showFirst().catch(failed);
    }
    say(`${sentence}${isBack ? ' The style before it is back.' : ''}`, true);
  }
  const shippedMap = async (/** @type {string} */ url) => readMap(await decode(await api.bytes(url)), network, colors, noAnswers);
  async function showFirst() {
    const first = shipped.find(({name}) => name === 'mountain-lake') ?? shipped[0];
    if (first) map.replace((await shippedMap(first.url)).ids, null, {name: first.name, frame: null});
    else map.replace(new Uint16Array(width * height));
    map.done = [];
    mapChanged();
  }

  element('styles-section').hidden = facts.style_length === 0;
  if (facts.style_length > 0) await styles.load((await store?.styles().catch(() => undefined)) ?? []);
  const saved = await store?.load().catch(() => undefined);
  let isRemembered = saved !== undefined && isPossible(saved);
  if (saved && isRemembered) {
    map.replace(saved.ids, saved.objects, saved.about);
    if (saved.style && facts.style_length > 0) styles.restore(saved.style);
    map.done = [];
    mapChanged();
  } else {
    await showFirst();
  }
  await gallery.show();
  await live.settled();
  document.body.dataset.ready = 'true';
  if (!saved && !status.textContent) say(`Choose a class and paint on the map: the picture follows.${shipped.length > 0 ? ' "Show me" paints a drawing for you.' : ''}`);
  const samples = () => paintSamples(facts, palette, map, live);
  facts.style_length > 0 ? thumbnails(styles, live, map, samples).catch(() => {}) : await samples();
}

/** The server may be starting. */
async function waitForServer() {
  for (;;) {
    try {
      return await api.model();
    } catch (error) {
      if (error instanceof api.ApiError && error.status === 401) await askForToken(api.token);
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
