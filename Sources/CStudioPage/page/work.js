// What a person works on: the map and its style. After each change the picture follows, and soon the browser keeps both.
import {failed, goOn} from './status.js';

/** @typedef {import('./store.js').Drawing} Drawing */

const saveMilliseconds = 400;

export class Work {
  /** @param {import('./map.js').LabelMap} map @param {number} classCount
   * @param {{styles: import('./styles.js').Styles | null, live: import('./live.js').Live, store: import('./store.js').Store | null}} parts
   * @param {{drawn: () => void, stepped: () => void}} owner `drawn`: the map has other pixels; `stepped`: it may be of something else, and there
   *   are other steps to take back */
  constructor(map, classCount, {styles, live, store}, owner) {
    this.map = map;
    this.classCount = classCount;
    /** Null where the network has none. */
    this.styles = styles;
    this.live = live;
    /** Null where the browser keeps nothing. */
    this.store = store;
    this.owner = owner;
    this.saving = 0;
    this.savingStyles = 0;
  }

  /** What the map is painted with. @returns {import('./api.js').Mix} */
  get mix() { return this.styles?.current ?? {style: null, other: null, weight: 0}; }

  /** The map or the style has changed. */
  changed() {
    goOn();
    this.live.changed();
    this.save();
  }

  /** The map has other pixels. */
  drawn() {
    this.owner.drawn();
    this.changed();
  }

  /** Opens a map, as a change that can be taken back. @param {Parameters<import('./map.js').LabelMap['replace']>} drawing */
  open(...drawing) {
    this.map.replace(...drawing);
    this.replaced();
  }

  /** The map is another one. */
  replaced() {
    this.drawn();
    this.owner.stepped();
  }

  /** Before what is there now there is nothing to go back to. */
  forgetSteps() {
    this.map.done = [];
    this.owner.stepped();
  }

  /** What is kept of it. @returns {Drawing} */
  get drawing() {
    const {ids, objects, about} = this.map;
    return {ids: ids.slice(), objects: objects?.slice() ?? null, about, style: this.styles?.saved ?? null};
  }

  /** Goes back to what was kept. @param {Drawing} kept @returns {boolean} whether this network can have it */
  restore(kept) {
    if (!this.isPossible(kept)) return false;
    this.map.replace(kept.ids, kept.objects, kept.about);
    if (kept.style) this.styles?.restore(kept.style);
    this.replaced();
    return true;
  }

  /** Whether this network can have a map that was kept. @param {Drawing} kept */
  isPossible({ids, objects}) {
    return ids instanceof Uint16Array && ids.length === this.map.ids.length && ids.every((id) => id < this.classCount)
      && (!objects || !this.map.objects || objects.length === this.map.objects.length);
  }

  save() {
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.store?.save(this.drawing).catch(failed), saveMilliseconds);
  }

  saveStyles() {
    clearTimeout(this.savingStyles);
    this.savingStyles = setTimeout(() => this.store?.saveStyles(this.styles?.all ?? []).catch(failed), saveMilliseconds);
  }
}
