// Asks what a file does not tell: what becomes of a drawing's shape, and what its transparent pixels and other colours stand for.
import {element} from './element.js';
import {shapeName} from './fit.js';
import {nearestId} from './snapper.js';

/** Asks about a drawing what has to be asked.
 * @param {import('./drawing.js').Reading} reading @param {import('./drawing.js').Network} network
 * @param {import('./api.js').ModelClass[]} classes @param {number[][]} colors
 * @returns {Promise<import('./drawing.js').Answers | null>} null where the person gave up */
export async function askAbout(reading, network, classes, colors) {
  const parts = [
    reading.isOtherShape ? askShape(reading.size, network) : null,
    reading.transparentCount > 0 ? askTransparent(reading, network, classes) : null,
    reading.unknown.length > 0 ? askColors(reading.unknown, classes, colors) : null,
  ];
  const asked = parts.filter((part) => part !== null);
  const [shape, transparent, unknown] = parts;
  const title = asked.length > 1 ? 'How should this drawing be read?' : asked[0]?.title ?? '';
  if (asked.length > 0 && !(await confirmed(title, asked.map((part) => part.body)))) return null;
  return {
    fit: /** @type {import('./fit.js').Fit} */ (shape?.answer() ?? 'stretch'),
    transparent: /** @type {number | null} */ (transparent?.answer() ?? null),
    colors: /** @type {Map<string, number>} */ (unknown?.answer() ?? new Map()),
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
  const inputs = choices.map(([value, text], index) => {
    const label = document.createElement('label'), input = document.createElement('input');
    Object.assign(input, {type: 'radio', name: 'fit', value, checked: index === 0});
    label.className = 'check';
    label.append(input, text);
    body.append(label);
    return input;
  });
  return {title: 'This drawing has another shape.', body, answer: () => inputs.find((input) => input.checked)?.value ?? 'pad'};
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
  const body = group('What is transparent?'), row = document.createElement('label'), sample = document.createElement('span');
  const select = classList(classes, network.unknownId ?? classes[0].id);
  select.id = 'transparent-class';
  row.className = 'unknown';
  sample.className = 'sample clear';
  row.append(sample, `Transparent, ${Math.max(1, Math.round((100 * transparentCount) / ids.length))} % of it: `, select);
  body.append(row);
  return {title: 'Parts of this drawing are transparent. What are they?', body, answer: () => Number(select.value)};
}

/** @param {{color: number[], count: number}[]} unknown @param {import('./api.js').ModelClass[]} classes @param {number[][]} colors */
function askColors(unknown, classes, colors) {
  const body = group('Some colours are no class\'s.'), total = unknown.reduce((sum, {count}) => sum + count, 0);
  const selects = unknown.map(({color, count}) => {
    const row = document.createElement('label'), sample = document.createElement('span');
    const select = classList(classes, nearestId(color, colors));
    row.className = 'unknown';
    sample.className = 'sample';
    sample.style.backgroundColor = `rgb(${color.join(' ')})`;
    const hex = `#${color.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
    row.append(sample, `${hex}, ${Math.max(1, Math.round((100 * count) / total))} % of them: `, select);
    body.append(row);
    return {color, select};
  });
  return {
    title: 'Some colours of this drawing are no class\'s. What are they?', body,
    answer: () => new Map(selects.map(({color, select}) => [color.join(), Number(select.value)])),
  };
}
