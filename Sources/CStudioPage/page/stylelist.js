// The buttons of the styles, each with a thumbnail.

/** @typedef {import('./mix.js').Style} Style */

/** Of a thumbnail, in pixels. */
export const thumbnailSide = 96;

export class StyleList {
  /** @param {HTMLElement} element @param {(style: Style) => void} chosen */
  constructor(element, chosen) {
    this.element = element;
    this.chosen = chosen;
    /** @type {Map<Style, HTMLButtonElement>} */
    this.buttons = new Map();
  }

  /** @param {Style} style */
  add(style) {
    const button = document.createElement('button'), canvas = document.createElement('canvas');
    button.setAttribute('role', 'radio');
    canvas.width = canvas.height = thumbnailSide;
    canvas.className = 'waiting';
    canvas.setAttribute('aria-hidden', 'true');
    button.append(canvas, style.label);
    button.title = style.label;
    button.addEventListener('click', () => this.chosen(style));
    this.buttons.set(style, button);
    this.element.append(button);
  }

  /** @param {Style} style */
  remove(style) {
    this.buttons.get(style)?.remove();
    this.buttons.delete(style);
  }

  /** Shows which one is chosen. @param {Style} style */
  mark(style) {
    for (const [each, button] of this.buttons) {
      button.setAttribute('aria-checked', `${each === style}`);
      button.tabIndex = each === style ? 0 : -1;
    }
  }

  /** @param {Style} style @param {string} address */
  showThumbnail(style, address) {
    const canvas = this.buttons.get(style)?.querySelector('canvas'), image = new Image();
    style.thumbnail = address;
    image.onload = () => {
      canvas?.getContext('2d')?.drawImage(image, 0, 0);
      canvas?.classList.remove('waiting');
    };
    image.src = address;
  }
}
