// The pictures that a person kept, with their maps and styles.
import {mixName} from './styles.js';

/** @typedef {import('./store.js').GalleryEntry} GalleryEntry */

export class Gallery {
  /** @param {HTMLElement} list @param {import('./store.js').Store | null} store @param {(entry: GalleryEntry) => void} open */
  constructor(list, store, open) {
    this.list = list;
    this.store = store;
    this.open = open;
    /** @type {string[]} */
    this.urls = [];
  }

  async show() {
    const entries = this.store ? await this.store.gallery() : [];
    this.urls.splice(0).forEach((url) => URL.revokeObjectURL(url));
    this.list.replaceChildren(...entries.map((entry) => this.figure(entry)));
    if (entries.length > 0) return;
    const note = document.createElement('p');
    note.textContent = this.store ? 'Pictures that you keep appear here, in this browser only.' : 'This browser keeps nothing; save files instead.';
    this.list.append(note);
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
    button.addEventListener('click', () => this.open(entry));
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
