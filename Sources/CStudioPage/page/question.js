// Asks what the colours of a drawing stand for.
import {nearest} from './files.js';

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Asks which classes the colours of a drawing stand for.
 * @param {{color: number[], count: number}[]} unknown @param {import('./api.js').ModelClass[]} classes @param {number[][]} colors
 * @returns {Promise<Map<string, number> | null>} null where the person gave up */
export function askColors(unknown, classes, colors) {
  const dialog = /** @type {HTMLDialogElement} */ (byId('question'));
  byId('question-title').textContent = 'Some colours of this drawing are no class\'s. What are they?';
  const total = unknown.reduce((sum, {count}) => sum + count, 0);
  const selects = unknown.map(({color, count}) => {
    const row = document.createElement('label'), sample = document.createElement('span'), select = document.createElement('select');
    const hex = `#${color.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
    row.className = 'unknown';
    sample.className = 'sample';
    sample.style.backgroundColor = `rgb(${color.join(' ')})`;
    select.append(...classes.map((entry) => new Option(entry.name, `${entry.id}`)));
    select.value = `${nearest(color, colors).id}`;
    row.append(sample, `${hex}, ${Math.max(1, Math.round((100 * count) / total))} % of them: `, select);
    return {row, select, color};
  });
  byId('question-body').replaceChildren(...selects.map(({row}) => row));
  dialog.returnValue = 'cancel';
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener('close', () => {
      done(dialog.returnValue === 'ok' ? new Map(selects.map(({color, select}) => [color.join(), Number(select.value)])) : null);
    }, {once: true});
  });
}
