// The painted picture, and the part of it that is kept: a drawing of another shape is on a part of the map, and its picture is cut back to that.
import * as api from './api.js';
import {part} from './files.js';
import {shapeName} from './fit.js';
import {fromRGB} from './pixels.js';
import {shadeAround} from './view.js';

/** @typedef {import('./fit.js').Area} Area */

export class Picture {
  /** @param {import('./map.js').LabelMap} map
   * @param {{canvas: HTMLCanvasElement, shade: HTMLCanvasElement, times: HTMLElement, cut: HTMLInputElement, cutLabel: HTMLElement,
   *   cutText: HTMLElement, cutTo: (area: Area | null) => void}} owner `cutTo`: null where all of it is kept */
  constructor(map, owner) {
    this.map = map;
    this.owner = owner;
    /** @type {Area} */
    this.whole = {x: 0, y: 0, width: map.width, height: map.height};
    for (const canvas of [owner.canvas, owner.shade]) [canvas.width, canvas.height] = [map.width, map.height];
    this.context = /** @type {CanvasRenderingContext2D} */ (owner.canvas.getContext('2d'));
    this.shadeContext = /** @type {CanvasRenderingContext2D} */ (owner.shade.getContext('2d'));
    owner.cut.addEventListener('change', () => this.showKept());
  }

  /** @param {Uint8ClampedArray} rgb @param {import('./live.js').FrameFacts} facts */
  show(rgb, {paintTime, roundTrip, checksum}) {
    const {canvas, times} = this.owner;
    this.context.putImageData(fromRGB(rgb, this.map.width, this.map.height), 0, 0);
    canvas.dataset.checksum = checksum;
    canvas.dataset.frame = `${Number(canvas.dataset.frame ?? 0) + 1}`;
    times.textContent = `painted in ${paintTime.toFixed(0)} ms, ${(1000 / roundTrip).toFixed(1)} frames a second`;
  }

  /** @returns {Area} */
  get kept() { return this.map.about.frame && this.owner.cut.checked ? this.map.about.frame.area : this.whole; }

  /** Puts what is not kept in shade. */
  showKept() {
    const {frame} = this.map.about, area = this.kept === this.whole ? null : this.kept;
    this.owner.cutLabel.hidden = !frame;
    if (frame) this.owner.cutText.textContent = `Cut to ${shapeName(frame.size)}`;
    this.shadeContext.clearRect(0, 0, this.map.width, this.map.height);
    if (area) shadeAround(this.shadeContext, area, this.map);
    this.owner.cutTo(area);
  }

  /** What is kept, as a PNG; the whole picture comes from the server. @param {api.Mix} mix that it is painted with @param {number} scale */
  async png(mix, scale = 1) {
    if (scale !== 1 || this.kept !== this.whole) return part(this.owner.canvas, scale, this.kept);
    const {bytes} = await api.paint(this.map.bytes(), mix, 'image/png');
    return new Blob([bytes], {type: 'image/png'});
  }
}
