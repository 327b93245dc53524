// Keys that work wherever nothing is typed.
import {tools} from './tools.js';

/** @param {{step: (way: 'undo' | 'redo') => void, choose: (tool: import('./tools.js').Tool) => void, zoom: (factor: number) => void,
 *   resize: (way: 1 | -1) => void, recent: (index: number) => void, stop: () => void}} owner */
export function listenForKeys(owner) {
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') owner.stop();
    const target = /** @type {HTMLElement} */ (event.target), key = event.key.toLowerCase();
    if (target.closest('input, select, textarea, dialog') && !['range', 'checkbox'].includes(target.getAttribute('type') ?? '')) return;
    if (event.ctrlKey || event.metaKey) {
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      return owner.step(key === 'y' || event.shiftKey ? 'redo' : 'undo');
    }
    if (event.altKey) return;
    const chosen = tools.find((each) => each.key === key);
    if (chosen) owner.choose(chosen.tool);
    if (key === '[') owner.resize(-1);
    if (key === ']') owner.resize(1);
    if (key === '+') owner.zoom(1.5);
    if (key === '-') owner.zoom(1 / 1.5);
    if (/^[1-9]$/.test(key)) owner.recent(Number(key) - 1);
  });
}
