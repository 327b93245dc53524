// The styles of a network that has them: shipped ones, photos, seeds, and a mixture of two.
import * as api from './api.js';
import {isStyle} from './formats.js';
import {fitting} from './photo.js';
import {randomSeed, seedAdvice, seedOf} from './seed.js';

/** A style: `isOwn` where a person brought it, and `thumbnail` is a picture of it as a data address.
 * @typedef {{label: string, name: api.StyleName, isOwn?: boolean, thumbnail?: string}} Style */
/** @typedef {{style: Style, other: Style | null, weight: number}} SavedMix */

const thumbnailSide = 96, mostOwn = 24;
/** Of a saved style beside its values. */
const styleFileBytes = 24;

/** What a mixture is called. @param {SavedMix} mix */
export function mixName({style, other, weight}) {
  const share = Math.round(100 * weight);
  if (!other || share === 0) return style.label;
  return share === 100 ? other.label : `${style.label} ${100 - share} % + ${other.label} ${share} %`;
}

const isSame = (/** @type {unknown} */ one, /** @type {unknown} */ other) => JSON.stringify(one) === JSON.stringify(other);

export class Styles {
  /** @param {{width: number, height: number, hasEncoder: boolean, styleLength: number}} network
   * @param {{list: HTMLElement, seed: HTMLInputElement, dice: HTMLButtonElement, blend: HTMLInputElement, blendWith: HTMLSelectElement,
   *   photo: HTMLButtonElement, camera: HTMLButtonElement, remove: HTMLButtonElement, changed: () => void, listed: () => void,
   *   body: () => BodyInit, say: (sentence: string, isWrong?: boolean, isLasting?: boolean) => void}} owner `listed`: there are others, or other
   *   thumbnails */
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
    /** @type {Map<Style, HTMLButtonElement>} */
    this.buttons = new Map();
    owner.photo.hidden = owner.camera.hidden = !network.hasEncoder;
    owner.dice.addEventListener('click', () => this.takeSeed(randomSeed()));
    owner.seed.addEventListener('input', () => this.checkSeed());
    owner.seed.addEventListener('change', () => {
      const seed = this.checkSeed();
      seed === null ? owner.say(`${seedAdvice} The style stays as it is.`, true) : this.takeSeed(seed);
    });
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
      if (known && entry.thumbnail) this.showThumbnail(known, entry.thumbnail);
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

  /** A style that was kept, as this network can have it; null where it cannot, as when the model is another one by now.
   * @param {Style} style @returns {Style | null} */
  possible({label, name}) {
    const seed = 'seed' in name ? seedOf(name.seed) : null;
    if (seed !== null) return {label: `seed ${seed}`, name: {seed}};
    const length = Math.ceil(((styleFileBytes + 4 * this.network.styleLength) * 4) / 3);
    return 'style' in name && name.style.length === length ? {label, name: {style: name.style}} : null;
  }

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
    for (const style of refused) if (style && style !== this.chosen && style !== this.other) this.forget(style);
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
    const button = document.createElement('button'), canvas = document.createElement('canvas');
    button.setAttribute('role', 'radio');
    canvas.width = canvas.height = thumbnailSide;
    canvas.className = 'waiting';
    canvas.setAttribute('aria-hidden', 'true');
    button.append(canvas, style.label);
    button.title = style.label;
    button.addEventListener('click', () => this.choose(style, true));
    this.buttons.set(style, button);
    this.owner.list.append(button);
    this.listOthers();
    this.owner.listed();
    return style;
  }

  /** @param {Style} style of a person */
  forget(style) {
    if (!style.isOwn) return;
    this.all = this.all.filter((each) => each !== style);
    this.buttons.get(style)?.remove();
    this.buttons.delete(style);
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
    if ('seed' in style.name) this.owner.seed.value = style.name.seed;
    this.checkSeed();
    this.owner.remove.disabled = !style.isOwn;
    for (const [each, button] of this.buttons) {
      button.setAttribute('aria-checked', `${each === style}`);
      button.tabIndex = each === style ? 0 : -1;
    }
    if (tells) this.owner.changed();
  }

  /** Marks a seed that is none. @returns {string | null} */
  checkSeed() {
    const seed = seedOf(this.owner.seed.value);
    this.owner.seed.setAttribute('aria-invalid', `${seed === null}`);
    return seed;
  }

  /** @param {string} seed */
  takeSeed(seed) { this.choose(this.find({label: `seed ${seed}`, name: {seed}}), true); }

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
      this.owner.say(`Taking the style of ${label} …`, false, true);
      const style = photo ? await api.encode(photo) : api.base64url(new Uint8Array(await file.arrayBuffer()));
      if (!this.possible({label, name: {style}})) throw new Error(`${label} is a style of another network, or only a part of one.`);
      this.choose(this.find({label, name: {style}}), true);
      this.owner.say(`${label} is taken as a style.${advice}`);
    } catch (error) {
      this.owner.say(error instanceof Error ? error.message : String(error), true);
    }
  }

  /** Paints a style's thumbnail from the map of the moment. @param {Style} style */
  async paintThumbnail(style) {
    const {width, height} = this.network;
    try {
      const {bytes} = await api.paint(this.owner.body(), {style: style.name, other: null, weight: 0}, 'application/octet-stream');
      const picture = new OffscreenCanvas(width, height), canvas = document.createElement('canvas');
      canvas.width = canvas.height = thumbnailSide;
      picture.getContext('2d')?.putImageData(fromRGB(new Uint8ClampedArray(bytes), width, height), 0, 0);
      canvas.getContext('2d')?.drawImage(picture, 0, 0, thumbnailSide, thumbnailSide);
      this.showThumbnail(style, canvas.toDataURL('image/jpeg', 0.85));
      this.owner.listed();
    } catch (error) {
      if (error instanceof api.ApiError && error.status === 400 && style !== this.chosen && style !== this.other) this.forget(style);
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

/** @param {Uint8ClampedArray} rgb @param {number} width @param {number} height */
export function fromRGB(rgb, width, height) {
  const image = new ImageData(width, height);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    image.data[to] = rgb[from];
    image.data[to + 1] = rgb[from + 1];
    image.data[to + 2] = rgb[from + 2];
    image.data[to + 3] = 255;
  }
  return image;
}
