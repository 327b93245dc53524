// The styles of a network that has them: shipped ones, photos, seeds, and a mixture of two.
import * as api from './api.js';

/** @typedef {{label: string, name: api.StyleName}} Style */
/** @typedef {{style: Style, other: Style | null, weight: number}} SavedMix */

const thumbnailSide = 96, historyCount = 12, mostPhotoBytes = 8 << 20;

/** Random, and exact in JSON and in a query. */
const randomSeed = () => Math.floor(Math.random() * 2 ** 31);

export class Styles {
  /** @param {{width: number, height: number, hasEncoder: boolean}} network
   * @param {{list: HTMLElement, seed: HTMLInputElement, dice: HTMLButtonElement, blend: HTMLInputElement, blendWith: HTMLSelectElement,
   *   photo: HTMLButtonElement, camera: HTMLButtonElement, changed: () => void, body: () => BodyInit, failed: (sentence: string) => void}} owner */
  constructor(network, owner) {
    this.network = network;
    this.owner = owner;
    /** @type {Style[]} */
    this.all = [];
    /** @type {Style} */
    this.chosen = {label: 'seed 0', name: {seed: 0}};
    /** @type {Style | null} */
    this.other = null;
    this.weight = 0;
    /** @type {Map<Style, HTMLButtonElement>} */
    this.buttons = new Map();
    owner.photo.hidden = owner.camera.hidden = !network.hasEncoder;
    owner.dice.addEventListener('click', () => this.takeSeed(randomSeed()));
    owner.seed.addEventListener('change', () => this.takeSeed(Math.max(0, Math.floor(Number(owner.seed.value) || 0))));
    owner.blend.addEventListener('input', () => this.mix());
    owner.blendWith.addEventListener('change', () => {
      if (this.weight === 0) owner.blend.value = '50';
      this.mix();
    });
  }

  async load() {
    for (const {name, style} of await api.styles()) this.add({label: name, name: {style}}, false);
    if (this.all.length === 0) this.add({label: 'seed 0', name: {seed: 0}}, false);
    this.choose(this.all[0], false);
  }

  /** @returns {api.Mix} */
  get current() { return {style: this.chosen.name, other: this.other?.name ?? null, weight: this.weight}; }

  /** @returns {SavedMix} */
  get saved() { return {style: this.chosen, other: this.other, weight: this.weight}; }

  /** Takes a mixture from the gallery. @param {SavedMix} mix */
  restore({style, other, weight}) {
    this.choose(this.find(style), false);
    this.other = other ? this.find(other) : null;
    this.weight = weight;
    this.owner.blend.value = `${100 * weight}`;
    this.showOther();
    this.owner.changed();
  }

  /** @param {Style} style */
  find(style) {
    const wanted = JSON.stringify(style.name);
    return this.all.find((each) => JSON.stringify(each.name) === wanted) ?? this.add(style, false);
  }

  /** @param {Style} style @param {boolean} chooses */
  add(style, chooses) {
    const extra = this.all.length - historyCount - 12;
    if (extra > 0) this.drop(this.all[12]);
    this.all.push(style);
    const button = document.createElement('button');
    button.setAttribute('role', 'radio');
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = thumbnailSide;
    canvas.setAttribute('aria-hidden', 'true');
    button.append(canvas, style.label);
    button.title = style.label;
    button.addEventListener('click', () => this.choose(style, true));
    this.buttons.set(style, button);
    this.owner.list.append(button);
    this.listOthers();
    if (chooses) this.choose(style, true);
    return style;
  }

  /** @param {Style} style */
  drop(style) {
    if (style === this.chosen || style === this.other) return;
    this.all = this.all.filter((each) => each !== style);
    this.buttons.get(style)?.remove();
    this.buttons.delete(style);
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
    if ('seed' in style.name) this.owner.seed.value = `${style.name.seed}`;
    for (const [each, button] of this.buttons) {
      button.setAttribute('aria-checked', `${each === style}`);
      button.tabIndex = each === style ? 0 : -1;
    }
    if (tells) this.owner.changed();
  }

  /** @param {number} seed */
  takeSeed(seed) { this.choose(this.find({label: `seed ${seed}`, name: {seed}}), true); }

  mix() {
    const index = this.owner.blendWith.value;
    this.other = index === '' ? null : this.all[Number(index)];
    this.weight = Number(this.owner.blend.value) / 100;
    this.owner.blend.disabled = !this.other;
    this.owner.changed();
  }

  /** A photo, or a saved style. @param {File | Blob} file @param {string} label */
  async take(file, label) {
    try {
      const head = new Uint8Array(await file.slice(0, 6).arrayBuffer());
      const isStyle = String.fromCharCode(...head.subarray(1)) === 'STYLE';
      const style = isStyle ? api.base64url(new Uint8Array(await file.arrayBuffer())) : await api.encode(await fitting(file, head));
      this.add({label, name: {style}}, true);
    } catch (error) {
      this.owner.failed(error instanceof Error ? error.message : String(error));
    }
  }

  /** Paints a style's thumbnail from the map of the moment. @param {Style} style */
  async paintThumbnail(style) {
    const canvas = this.buttons.get(style)?.querySelector('canvas');
    if (!canvas) return;
    const {width, height} = this.network;
    const {bytes} = await api.paint(this.owner.body(), {style: style.name, other: null, weight: 0}, 'application/octet-stream');
    const picture = new OffscreenCanvas(width, height);
    picture.getContext('2d')?.putImageData(fromRGB(new Uint8ClampedArray(bytes), width, height), 0, 0);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, thumbnailSide, thumbnailSide);
  }
}

/** A photo in a form that the server takes. @param {Blob} file @param {Uint8Array} head */
async function fitting(file, head) {
  const type = head[0] === 0xff && head[1] === 0xd8 ? 'image/jpeg' : head[0] === 0x89 ? 'image/png' : '';
  if (type && file.size <= mostPhotoBytes) return new Blob([file], {type});
  // What the server does not read, or finds too large, the browser makes smaller.
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error('This file is no picture that the browser can read; give a PNG or JPEG photo, or a saved style.');
  }
  const scale = Math.min(1, 1024 / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({type: 'image/png'});
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
