// Undo, redo, and "Fill all".

export class History {
  /** @param {import('./work.js').Work} work
   * @param {{undo: HTMLButtonElement, redo: HTMLButtonElement, fill: HTMLButtonElement, id: () => number, abandon: () => void}} owner `id`: the
   *   class to fill with; `abandon`: ends what is half painted */
  constructor(work, owner) {
    this.work = work;
    this.owner = owner;
    owner.undo.addEventListener('click', () => this.step('undo'));
    owner.redo.addEventListener('click', () => this.step('redo'));
    owner.fill.addEventListener('click', () => this.fill());
  }

  show() {
    this.owner.undo.disabled = this.work.map.done.length === 0;
    this.owner.redo.disabled = this.work.map.undone.length === 0;
  }

  /** @param {'undo' | 'redo'} way */
  step(way) {
    this.owner.abandon();
    if (this.work.map[way]()) this.work.replaced();
  }

  fill() {
    const {ids, about} = this.work.map;
    this.work.open(new Uint16Array(ids.length).fill(this.owner.id()), null, {name: 'drawing', frame: about.frame});
  }
}
