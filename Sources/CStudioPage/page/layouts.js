// "Show me": the maps that ship beside the model, one of which the page begins with.
import * as api from './api.js';
import {replay} from './replay.js';
import {say, trying} from './status.js';

export class Layouts {
  /** @param {import('./work.js').Work} work
   * @param {{list: HTMLSelectElement, read: (bytes: Uint8Array) => Promise<{ids: Uint16Array}>, chosen: (id: number) => void}} owner `chosen`: a
   *   class is painted next */
  constructor(work, owner) {
    this.work = work;
    this.owner = owner;
    /** @type {{name: string, url: string}[]} */
    this.shipped = [];
    this.isReplaying = false;
    owner.list.addEventListener('change', () => this.show());
  }

  async load() {
    this.shipped = await api.layouts();
    this.owner.list.append(...this.shipped.map(({name, url}) => new Option(name, url)));
    this.owner.list.hidden = this.shipped.length === 0;
  }

  /** The one to begin with. */
  get first() { return this.shipped.find(({name}) => name === 'mountain-lake') ?? this.shipped[0]; }

  /** @param {string} url */
  async ids(url) { return (await this.owner.read(await api.bytes(url))).ids; }

  /** Paints the map that is chosen in the list. */
  async show() {
    const {list} = this.owner;
    if (!list.value || this.isReplaying) return;
    this.isReplaying = true;
    await trying(() => this.play(list.value, list.selectedOptions[0].text))();
    this.isReplaying = false;
    list.value = '';
    this.work.owner.stepped();
  }

  /** @param {string} url @param {string} name */
  async play(url, name) {
    const ids = await this.ids(url);
    say('Press Escape to stop the show.', false, true);
    await replay(this.work.map, ids, name, {
      chosen: this.owner.chosen, changed: () => this.work.drawn(), isStopped: () => !this.isReplaying,
    });
    say('');
  }

  stop() { this.isReplaying = false; }
}
