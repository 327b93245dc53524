// The button that makes a film from one style to the other, and stops it.
import {download, fileName} from './files.js';
import {isSame} from './mix.js';
import {morph} from './morph.js';
import {say, trying} from './status.js';

export class Film {
  /** @param {HTMLButtonElement} button @param {HTMLSelectElement} length in seconds @param {import('./work.js').Work} work @param {import('./styles.js').Styles} styles
   * @param {import('./picture.js').Picture} picture */
  constructor(button, length, work, styles, picture) {
    this.button = button;
    this.length = length;
    this.work = work;
    this.styles = styles;
    this.picture = picture;
    this.isRunning = false;
    button.addEventListener('click', () => (this.isRunning ? this.stop() : this.start()));
  }

  stop() { this.isRunning = false; }

  async start() {
    const {style, other} = this.styles.current;
    if (!style || !other || isSame(style, other)) return say('Choose a second, other style under "Blend with" first.', true);
    this.isRunning = true;
    this.button.textContent = 'Stop the film';
    await trying(() => this.make(style, other))();
    this.isRunning = false;
    this.button.textContent = 'Film from one to the other';
  }

  /** @param {import('./api.js').StyleName} style @param {import('./api.js').StyleName} other */
  async make(style, other) {
    const {map} = this.work, {width, height} = map;
    const parts = [map.about.name, `${this.styles.chosen.label} to ${this.styles.other?.label}`];
    const result = await morph({
      body: map.bytes(), width, height, area: this.picture.kept, style, other, progress: (text) => say(text, false, true),
      seconds: Number(this.length.value), isStopped: () => !this.isRunning,
    });
    if (result) download(result.blob, fileName(parts, result.extension));
    say(result ? 'The film is saved.' : 'The film was stopped.');
  }
}
