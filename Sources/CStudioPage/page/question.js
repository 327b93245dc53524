// Asks what a file does not tell: what becomes of a drawing's shape, and what its transparent pixels and other colours stand for.
import {element} from './element.js';
import {shapeName} from './fit.js';
import {nearestId} from './snapper.js';

/** Asks about a drawing what has to be asked.
 * @param {import('./drawing.js').Reading} reading
 * @param {import('./drawing.js').Reading | null} byColors where it has a palette of other colours than the classes' and may be meant so
 * @param {import('./drawing.js').Network} network
 * @param {import('./api.js').ModelClass[]} classes @param {number[][]} colors
 * @returns {Promise<import('./drawing.js').Answers | null>} null where the person gave up */
export async function askAbout(reading, byColors, network, classes, colors) {
  const drawing = byColors ?? reading;
  const shape = reading.isOtherShape ? askShape(reading.size, network) : null;
  const transparent = drawing.transparentCount > 0 ? askTransparent(drawing, network, classes) : null;
  const unknown = drawing.unknown.length > 0 ? askColors(drawing, classes, colors) : null;
  const palette = byColors ? askPalette([transparent, unknown].flatMap((part) => part?.body ?? [])) : null;
  const asked = [palette, shape, transparent, unknown].filter((part) => part !== null);
  if (asked.length > 0 && !(await confirmed('How should this drawing be read?', asked.map((part) => part.body)))) return null;
  return {
    by: /** @type {'ids' | 'colors' | null} */ (palette?.answer() ?? null),
    fit: /** @type {import('./fit.js').Fit} */ (shape?.answer() ?? 'stretch'),
    transparent: transparent?.answer() ?? null,
    colors: unknown?.answer() ?? new Map(),
  };
}

/** @param {string} title @param {HTMLElement[]} bodies @returns {Promise<boolean>} */
function confirmed(title, bodies) {
  const dialog = /** @type {HTMLDialogElement} */ (element('question'));
  element('question-title').textContent = title;
  element('question-body').replaceChildren(...bodies);
  dialog.returnValue = 'cancel';
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener('close', () => done(dialog.returnValue === 'ok'), {once: true}));
}

/** @param {string} legend */
function group(legend) {
  const body = document.createElement('fieldset'), title = document.createElement('legend');
  title.textContent = legend;
  body.append(title);
  return body;
}

/** @param {import('./fit.js').Size} size @param {import('./fit.js').Size} network */
function askShape(size, network) {
  const own = shapeName(size), other = shapeName(network).replace(/^1:1$/, 'a square');
  const body = group(`It is ${size.width} by ${size.height} pixels, and this network paints ${network.width} by ${network.height}.`);
  const choices = [
    ['pad', `Keep all of it: borders are drawn out to ${other}, and saved pictures are cut back to ${own}`],
    ['crop', `Take its middle, ${other}`],
    ['stretch', `Squeeze it into ${other}`],
  ];
  return {body, answer: askOne(body, 'fit', choices)};
}

/** Asks whether a palette's numbers or its colours count. @param {HTMLElement[]} others that are asked where its colours do */
function askPalette(others) {
  const body = group('Its palette has other colours than the classes. What is it?');
  const choices = [['ids', 'It is a map: the palette\'s numbers are ids'], ['colors', 'It is a drawing: the palette\'s colours count']];
  const answer = askOne(body, 'by', choices), show = () => others.forEach((other) => (other.hidden = answer() === 'ids'));
  body.addEventListener('change', show);
  show();
  return {body, answer};
}

/** One of several choices, the first to begin with.
 * @param {HTMLElement} body @param {string} name @param {string[][]} choices each a value and a text */
function askOne(body, name, choices) {
  const inputs = choices.map(([value, text], index) => {
    const label = document.createElement('label'), input = document.createElement('input');
    Object.assign(input, {type: 'radio', name, value, checked: index === 0});
    label.className = 'check';
    label.append(input, text);
    body.append(label);
    return input;
  });
  return () => inputs.find((input) => input.checked)?.value ?? choices[0][0];
}

/** @param {import('./api.js').ModelClass[]} classes @param {number} id that is chosen at first */
function classList(classes, id) {
  const select = document.createElement('select');
  select.append(...classes.map((entry) => new Option(entry.name, `${entry.id}`)));
  select.value = `${id}`;
  return select;
}

/** @param {import("./drawing.js").Reading} reading @param {import("./drawing.js").Network} network
 * @param {import("./api.js").ModelClass[]} classes */
function askTransparent({transparentCount, ids}, network, classes) {
  const body = group('Parts of it are transparent. What are they?'), row = document.createElement('label'), sample = document.createElement('span');
  const select = classList(classes, network.unknownId ?? classes[0].id);
  select.id = 'transparent-class';
  row.className = 'unknown';
  sample.className = 'sample clear';
  row.append(sample, `Transparent, ${share(transparentCount, ids.length)} of it: `, select);
  body.append(row);
  return {body, answer: () => Number(select.value)};
}

/** What is not answered is read as synthesize reads it, pixel by pixel.
 * @param {import('./drawing.js').Reading} reading @param {import('./api.js').ModelClass[]} classes @param {number[][]} colors */
function askColors({unknown, ids}, classes, colors) {
  const body = group('Some of its colours are no class\'s. What are they?');
  const selects = unknown.map(({color, count, colors: members}) => {
    const row = document.createElement('label'), sample = document.createElement('span');
    const nearest = nearestId(color, colors), select = classList(classes, nearest);
    select.prepend(new Option(`as it is (${classes.find(({id}) => id === nearest)?.name ?? nearest})`, '', true, true));
    row.className = 'unknown';
    sample.className = 'sample';
    sample.style.backgroundColor = `rgb(${color.join(' ')})`;
    const hex = `#${color.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
    row.append(sample, `${hex}${members.length > 1 ? ' and colours near it' : ''}, ${share(count, ids.length)} of it: `, select);
    body.append(row);
    return {members, select};
  });
  return {
    body,
    answer: () => {
      const answered = selects.filter(({select}) => select.value !== '');
      return new Map(answered.flatMap(({members, select}) => members.map((color) => [color.join(), Number(select.value)])));
    },
  };
}

/** @param {number} count of pixels @param {number} whole */
const share = (count, whole) => (200 * count < whole ? 'under 1 %' : `${Math.round((100 * count) / whole)} %`);
