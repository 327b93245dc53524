// The tools beside the map: which one is in hand, the brush, and how near the map is.
import {tools} from './tools.js';

export class Toolbar {
  /** @param {import('./hand.js').Hand} hand @param {import('./view.js').View} view
   * @param {{list: HTMLElement, size: HTMLInputElement, sizeText: HTMLElement, shapes: {round: HTMLButtonElement, square: HTMLButtonElement},
   *   pressure: HTMLInputElement, zooms: {in: HTMLButtonElement, out: HTMLButtonElement, fit: HTMLButtonElement}}} owner */
  constructor(hand, view, owner) {
    this.hand = hand;
    this.view = view;
    this.owner = owner;
    this.buttons = tools.map((entry) => this.button(entry));
    owner.list.append(...this.buttons);
    this.choose('brush');
    owner.size.addEventListener('input', () => this.resize(Number(owner.size.value)));
    owner.shapes.round.addEventListener('click', () => this.shape('round'));
    owner.shapes.square.addEventListener('click', () => this.shape('square'));
    owner.pressure.addEventListener('change', () => (hand.usesPressure = owner.pressure.checked));
    owner.zooms.in.addEventListener('click', () => view.zoomBy(1.5));
    owner.zooms.out.addEventListener('click', () => view.zoomBy(1 / 1.5));
    owner.zooms.fit.addEventListener('click', () => view.moveTo({x: view.map.width / 2, y: view.map.height / 2}, 1));
  }

  /** @param {(typeof tools)[number]} entry */
  button({tool, name, key, sign}) {
    const button = document.createElement('button');
    button.id = `tool-${tool}`;
    const label = document.createElement('span'), hint = document.createElement('kbd');
    label.textContent = `${sign} ${name}`;
    hint.textContent = key.toUpperCase();
    button.append(label, hint);
    button.title = `${name} (${key.toUpperCase()})`;
    button.setAttribute('aria-label', name);
    button.addEventListener('click', () => this.choose(tool));
    return button;
  }

  /** @param {import('./tools.js').Tool} tool */
  choose(tool) {
    this.hand.abandon();
    this.hand.tool = tool;
    tools.forEach((each, index) => this.buttons[index].setAttribute('aria-pressed', `${each.tool === tool}`));
    this.hand.hover(null);
  }

  /** @param {number} size of the brush, in map pixels */
  resize(size) {
    this.hand.size = Math.min(64, Math.max(1, Math.round(size)));
    this.owner.size.value = `${this.hand.size}`;
    this.owner.sizeText.textContent = this.owner.size.value;
    if (this.view.cursor) this.hand.hover(this.view.cursor.point);
  }

  /** One step larger or smaller. @param {1 | -1} way */
  resizeBy(way) { this.resize(this.hand.size + way * (this.hand.size > 8 ? 4 : 1)); }

  /** @param {'round' | 'square'} shape of the brush */
  shape(shape) {
    this.hand.shape = shape;
    this.owner.shapes.round.setAttribute('aria-pressed', `${shape === 'round'}`);
    this.owner.shapes.square.setAttribute('aria-pressed', `${shape === 'square'}`);
  }
}
