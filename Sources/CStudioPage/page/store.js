// What the browser keeps: the map as it is painted, a person's styles, and a gallery. Everything stays in this browser.

/** @typedef {{ids: Uint16Array, objects: Uint16Array | null, about?: import('./map.js').About,
 *   style: import('./mix.js').SavedMix | null}} Drawing */
/** @typedef {Drawing & {key?: number, time: number, picture: Blob}} GalleryEntry */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const finished = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

export class Store {
  /** @param {string} model the drawings of each network are kept apart @returns {Promise<Store | null>} null where the browser keeps nothing */
  static async open(model) {
    try {
      const request = indexedDB.open(`spade-studio-${model}`, 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('current');
        request.result.createObjectStore('gallery', {keyPath: 'key', autoIncrement: true});
      };
      return new Store(await finished(request));
    } catch {
      return null;
    }
  }

  /** @param {IDBDatabase} database */
  constructor(database) { this.database = database; }

  /** @param {'current' | 'gallery'} name @param {IDBTransactionMode} mode */
  objects(name, mode) { return this.database.transaction(name, mode).objectStore(name); }

  /** @param {Drawing} drawing */
  save(drawing) { return finished(this.objects('current', 'readwrite').put(drawing, 'map')); }

  /** @returns {Promise<Drawing | undefined>} */
  load() { return finished(this.objects('current', 'readonly').get('map')); }

  /** @param {import('./mix.js').Style[]} styles of this person */
  saveStyles(styles) { return finished(this.objects('current', 'readwrite').put(styles, 'styles')); }

  /** @returns {Promise<import('./mix.js').Style[]>} */
  async styles() { return (await finished(this.objects('current', 'readonly').get('styles'))) ?? []; }

  /** @param {GalleryEntry} entry */
  keep(entry) { return finished(this.objects('gallery', 'readwrite').add(entry)); }

  /** @param {number} key */
  remove(key) { return finished(this.objects('gallery', 'readwrite').delete(key)); }

  /** @returns {Promise<GalleryEntry[]>} the newest first */
  async gallery() { return (await finished(this.objects('gallery', 'readonly').getAll())).reverse(); }
}
