// The tool in hand: its strokes, also those of the keyboard's brush, become changes of the map.
import * as shapes from './shapes.js';

/** @typedef {import('./shapes.js').Point} Point */

export class Hand {
  /** @param {import('./view.js').View} view @param {import('./map.js').LabelMap} map
   * @param {{id: () => number, isNewObject: () => boolean, picked: (id: number) => void, changed: () => void, finished: () => void}} owner `id`:
   *   the class to paint; `isNewObject`: whether each stroke is an object of its own */
  constructor(view, map, owner) {
    this.view = view;
    this.map = map;
    this.owner = owner;
    /** @type {import('./tools.js').Tool} */
    this.tool = 'brush';
    this.size = 16;
    /** @type {'round' | 'square'} */
    this.shape = 'round';
    this.usesPressure = false;
    /** What is half painted. @type {{start: Point, last: Point, paint: shapes.Paint, pointer: number} | null} */
    this.stroke = null;
    /** Where the keyboard's brush is. @type {Point} */
    this.keyPoint = {x: map.width / 2, y: map.height / 2};
    view.canvas.addEventListener('keydown', (event) => this.key(event));
  }

  /** @param {Point | null} point */
  hover(point) {
    const hasBrush = this.tool === 'brush' || this.tool === 'line';
    this.view.cursor = point ? {point, size: hasBrush ? this.size : 1, shape: this.shape} : null;
    this.view.canvas.classList.toggle('panning', this.tool === 'pan');
    this.view.schedule();
  }

  /** @param {Point} point @param {number} pointer @param {number} pressure */
  begin(point, pointer, pressure) {
    const {map, owner} = this;
    if (owner.isNewObject() || map.nextObject === 1) map.nextObject = Math.min(map.nextObject + 1, 65535);
    const paint = {id: owner.id(), object: map.objects ? map.nextObject - 1 : 0};
    map.begin();
    this.stroke = {start: point, last: point, paint, pointer};
    if (this.tool === 'bucket') {
      shapes.fill(map, point, paint);
      owner.changed();
      return this.finish();
    }
    this.extend(point, pressure);
  }

  /** @param {Point} point @param {number} pressure */
  extend(point, pressure) {
    const stroke = this.stroke;
    if (!stroke) return;
    const before = this.map.putCount;
    if (this.tool === 'brush') {
      shapes.stroke(this.map, stroke.last, point, this.size * pressure, this.shape, stroke.paint);
    } else {
      this.map.restore();
      if (this.tool === 'line') shapes.stroke(this.map, stroke.start, point, this.size, this.shape, stroke.paint);
      if (this.tool === 'rectangle') shapes.rectangle(this.map, stroke.start, point, stroke.paint);
      if (this.tool === 'ellipse') shapes.ellipse(this.map, stroke.start, point, stroke.paint);
    }
    stroke.last = point;
    if (this.tool !== 'brush' || this.map.putCount !== before) this.owner.changed();
  }

  finish() {
    this.stroke = null;
    this.map.commit();
    this.owner.finished();
  }

  abandon() {
    if (!this.stroke) return;
    this.map.restore();
    this.owner.changed();
    this.finish();
  }

  /** @param {Point} point */
  pick(point) {
    const x = Math.floor(point.x), y = Math.floor(point.y);
    if (x < 0 || y < 0 || x >= this.map.width || y >= this.map.height) return;
    this.owner.picked(this.map.ids[y * this.map.width + x]);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 16 : 1;
    const moves = /** @type {Record<string, number[]>} */ ({ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step]});
    const move = moves[event.key];
    if (move) {
      const last = this.keyPoint;
      this.keyPoint = {
        x: Math.min(this.map.width - 0.5, Math.max(0.5, last.x + move[0])), y: Math.min(this.map.height - 0.5, Math.max(0.5, last.y + move[1])),
      };
      this.hover(this.keyPoint);
    } else if (event.key === ' ' || event.key === 'Enter') {
      this.keyPaint();
    } else if (event.key === 'Escape') {
      this.abandon();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** The keyboard's brush: a dab, or with tools of two points the first point and then the second. */
  keyPaint() {
    if (this.tool === 'eyedropper') return this.pick(this.keyPoint);
    if (this.tool === 'pan') return this.view.moveTo(this.keyPoint);
    if (this.stroke) {
      this.extend(this.keyPoint, 1);
      return this.finish();
    }
    this.begin(this.keyPoint, -1, 1);
    if (this.tool === 'brush') this.finish();
  }
}
