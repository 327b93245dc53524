// The styles of a network that has them: shipped ones, photos, seeds, and a mixture of two.
import * as api from './api.js';
import {isStyle} from './formats.js';
import {isSame, mixName, possible} from './mix.js';
import {fitting} from './photo.js';
import {SeedField} from './seed.js';
import {failed, say} from './status.js';
import {StyleList} from './stylelist.js';

/** @typedef {import('./mix.js').Style} Style */
/** @typedef {import('./mix.js').SavedMix} SavedMix */

const mostOwn = 24;

export class Styles {
  /** @param {{hasEncoder: boolean, styleLength: number}} network
   * @param {{list: HTMLElement, seed: HTMLInputElement, dice: HTMLButtonElement, blend: HTMLInputElement, blendWith: HTMLSelectElement,
   *   photo: HTMLButtonElement, camera: HTMLButtonElement, remove: HTMLButtonElement, changed: () => void, listed: () => void}} owner
   *   `listed`: there are others, or other thumbnails */
  constructor(network, owner) {
    this.network = network;
    this.owner = owner;
    /** @type {Style[]} */
    this.all = [];
    /** @type {Style} */
    this.chosen = {label: 'seed 0', name: {seed: '0'}};
    /** @type {Style | null} */
    this.other = null;
    this.weight = 0;
    /** What the server has painted with. @type {SavedMix | null} */
    this.good = null;
    this.list = new StyleList(owner.list, (style) => this.choose(style, true));
    this.seed = new SeedField(owner.seed, owner.dice, (seed) => this.choose(this.find({label: `seed ${seed}`, name: {seed}}), true));
    owner.photo.hidden = owner.camera.hidden = !network.hasEncoder;
    owner.blend.addEventListener('input', () => this.mix());
    owner.blendWith.addEventListener('change', () => {
      if (this.weight === 0) owner.blend.value = '50';
      this.mix();
    });
    owner.remove.addEventListener('click', () => {
      this.forget(this.chosen);
      owner.changed();
    });
  }

  /** The styles beside the model, and those that a person had before. @param {Style[]} kept */
  async load(kept) {
    for (const {name, style} of await api.styles()) this.add({label: name, name: {style}});
    if (this.all.length === 0) this.add({label: 'seed 0', name: {seed: '0'}});
    for (const entry of kept) {
      const style = this.possible(entry);
      if (!style) continue;
      const known = this.all.find((each) => isSame(each.name, style.name)) ?? (entry.isOwn ? this.add({...style, isOwn: true}) : null);
      if (known && entry.thumbnail) this.list.showThumbnail(known, entry.thumbnail);
    }
    this.choose(this.first, false);
  }

  /** The one to begin with. @returns {Style} */
  get first() { return this.all.find((style) => style.label === 'summer' && !style.isOwn) ?? this.all[0]; }

  /** @returns {api.Mix} */
  get current() { return {style: this.chosen.name, other: this.other?.name ?? null, weight: this.weight}; }

  /** @returns {SavedMix} */
  get saved() {
    const bare = (/** @type {Style} */ {label, name}) => ({label, name});
    return {style: bare(this.chosen), other: this.other ? bare(this.other) : null, weight: this.weight};
  }

  /** Of the mixture, for the names of files. */
  get fileLabel() { return mixName(this.saved).replaceAll(/\.(png|jpe?g|webp|z)\b/gi, ''); }

  /** @param {Style} style that was kept */
  possible(style) { return possible(style, this.network.styleLength); }

  /** Takes a mixture that was kept. @param {SavedMix} mix @returns {boolean} whether this network can have it */
  restore(mix) {
    const style = this.possible(mix.style), other = mix.other ? this.possible(mix.other) : null;
    if (!style) return false;
    this.choose(this.find(style), false);
    this.other = other ? this.find(other) : null;
    this.weight = this.other ? mix.weight : 0;
    this.owner.blend.value = `${100 * this.weight}`;
    this.showOther();
    this.owner.changed();
    return true;
  }

  /** Goes back to what the server has painted with, because it refuses what is chosen. @returns {boolean} false where there is nothing else */
  retreat() {
    const refused = [this.chosen, this.other], target = this.good ?? {style: this.first, other: null, weight: 0};
    if (isSame([target.style.name, target.other?.name, target.weight], [this.chosen.name, this.other?.name, this.weight])) return false;
    this.restore(target);
    for (const style of refused) if (style) this.refused(style);
    return true;
  }

  /** @param {Style} style */
  find(style) { return this.all.find((each) => isSame(each.name, style.name)) ?? this.add({...style, isOwn: true}); }

  /** @param {Style} style */
  add(style) {
    const own = this.all.filter((each) => each.isOwn && each !== this.chosen && each !== this.other);
    if (style.isOwn && own.length >= mostOwn) this.forget(own[0]);
    const label = style.label;
    for (let count = 2; this.all.some((each) => each.label === style.label); count++) style.label = `${label} ${count}`;
    this.all.push(style);
    this.list.add(style);
    this.listOthers();
    this.owner.listed();
    return style;
  }

  /** @param {Style} style of a person */
  forget(style) {
    if (!style.isOwn) return;
    this.all = this.all.filter((each) => each !== style);
    this.list.remove(style);
    if (style === this.other) [this.other, this.weight] = [null, 0];
    if (style === this.chosen) this.choose(this.first, false);
    this.listOthers();
    this.owner.listed();
  }

  listOthers() {
    const select = this.owner.blendWith;
    select.replaceChildren(new Option('none', ''), ...this.all.map((style, index) => new Option(style.label, `${index}`)));
    this.showOther();
  }

  /** What the list shows is what counts. */
  showOther() {
    this.owner.blendWith.value = this.other ? `${this.all.indexOf(this.other)}` : '';
    this.owner.blend.disabled = !this.other;
  }

  /** @param {Style} style @param {boolean} tells */
  choose(style, tells) {
    this.chosen = style;
    this.seed.show(style.name);
    this.owner.remove.disabled = !style.isOwn;
    this.list.mark(style);
    if (tells) this.owner.changed();
  }

  mix() {
    const index = this.owner.blendWith.value;
    this.other = index === '' ? null : this.all[Number(index)];
    this.weight = Number(this.owner.blend.value) / 100;
    this.owner.blend.disabled = !this.other;
    this.owner.changed();
  }

  /** A photo, or a saved style. @param {File | Blob} file @param {string} label @param {string} [advice] what else could be done with it */
  async take(file, label, advice = '') {
    try {
      const head = new Uint8Array(await file.slice(0, 32).arrayBuffer());
      const photo = isStyle(head) ? null : await fitting(file, head, label);
      say(`Taking the style of ${label} …`, false, true);
      const style = photo ? await api.encode(photo) : api.base64url(new Uint8Array(await file.arrayBuffer()));
      if (!this.possible({label, name: {style}})) throw new Error(`${label} is a style of another network, or only a part of one.`);
      this.choose(this.find({label, name: {style}}), true);
      say(`${label} is taken as a style.${this.mixedWith}${advice}`);
    } catch (error) {
      failed(error);
    }
  }

  /** That the second style stays, as the end of what is said of a new first one. */
  get mixedWith() {
    return this.other && this.weight > 0 ? ` ${this.other.label} stays mixed in, ${Math.round(100 * this.weight)} %: "Blend with".` : '';
  }

  /** @param {Style} style @param {string} address of the picture's data */
  setThumbnail(style, address) {
    this.list.showThumbnail(style, address);
    this.owner.listed();
  }

  /** The server refuses a style. @param {Style} style */
  refused(style) {
    if (style !== this.chosen && style !== this.other) this.forget(style);
  }
}
