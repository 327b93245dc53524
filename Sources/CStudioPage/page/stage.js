// Map and picture: side by side, one over the other, or the picture alone.

const arrangements = /** @type {const} */ (['both', 'overlay', 'picture']);
/** @typedef {(typeof arrangements)[number]} Arrangement */

export class Stage {
  /** @param {import('./view.js').View} view
   * @param {{stage: HTMLElement, buttons: Record<Arrangement, HTMLElement>, opacity: HTMLInputElement, opacityLabel: HTMLElement}} owner */
  constructor(view, owner) {
    this.view = view;
    this.owner = owner;
    for (const name of arrangements) owner.buttons[name].addEventListener('click', () => this.show(name));
    owner.opacity.addEventListener('input', () => this.show('overlay'));
    // A phone has room for one of them.
    if (matchMedia('(max-width: 40rem)').matches) this.show('overlay');
  }

  /** @param {Arrangement} name */
  show(name) {
    const {stage, buttons, opacity, opacityLabel} = this.owner;
    for (const each of arrangements) buttons[each].setAttribute('aria-pressed', `${each === name}`);
    stage.classList.toggle('single', name !== 'both');
    opacityLabel.hidden = name !== 'overlay';
    this.view.opacity = {both: 1, overlay: Number(opacity.value) / 100, picture: 0}[name];
    this.view.schedule();
  }
}
