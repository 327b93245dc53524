// The pictures that a person kept, with their maps and styles.
import {mixName} from './mix.js';
import {trying} from './status.js';

/** @typedef {import('./store.js').GalleryEntry} GalleryEntry */

export class Gallery {
  /** @param {import('./store.js').Store | null} store
   * @param {{list: HTMLElement, keep: HTMLButtonElement, entry: () => Promise<GalleryEntry>, open: (entry: GalleryEntry) => void,
   *   share: () => Promise<void>}} owner `entry`: what is to be kept now; `share` has the studio keep it, too, if it does */
  constructor(store, owner) {
    this.store = store;
    this.owner = owner;
    /** @type {string[]} */
    this.urls = [];
    owner.keep.addEventListener('click', trying(async () => {
      const entry = await owner.entry();
      await store?.keep(entry);
      await this.show();
      await owner.share();
    }));
  }

  async show() {
    const entries = this.store ? await this.store.gallery() : [];
    this.urls.splice(0).forEach((url) => URL.revokeObjectURL(url));
    this.owner.list.replaceChildren(...entries.map((entry) => this.figure(entry)));
    if (entries.length > 0) return;
    const note = document.createElement('p');
    note.textContent = this.store ? 'Pictures that you keep appear here, in this browser only.' : 'This browser keeps nothing; save files instead.';
    this.owner.list.append(note);
  }

  /** @param {GalleryEntry} entry */
  figure(entry) {
    const figure = document.createElement('figure'), button = document.createElement('button'), image = document.createElement('img');
    const time = new Date(entry.time).toLocaleString();
    const url = URL.createObjectURL(entry.picture);
    this.urls.push(url);
    image.src = url;
    image.alt = '';
    const name = entry.style ? mixName(entry.style) : '', text = document.createElement('span');
    text.textContent = name || time;
    button.append(image, text);
    button.title = `Go back to the picture of ${time}${name ? `: ${name}` : ''}`;
    button.setAttribute('aria-label', button.title);
    button.addEventListener('click', () => this.owner.open(entry));
    const remove = document.createElement('button');
    remove.className = 'remove';
    remove.textContent = '×';
    remove.setAttribute('aria-label', `Remove the picture of ${time}`);
    remove.addEventListener('click', async () => {
      if (entry.key !== undefined) await this.store?.remove(entry.key);
      await this.show();
    });
    figure.append(button, remove);
    return figure;
  }
}
