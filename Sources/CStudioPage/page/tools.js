// Mouse, pen, fingers and keys become changes of the map.
import * as shapes from './shapes.js';

/** @typedef {import('./shapes.js').Point} Point */
/** @typedef {'brush' | 'line' | 'rectangle' | 'ellipse' | 'bucket' | 'eyedropper' | 'pan'} Tool */

/** @type {{tool: Tool, name: string, key: string, sign: string}[]} */
export const tools = [
  {tool: 'brush', name: 'Brush', key: 'b', sign: '✎'}, {tool: 'line', name: 'Line', key: 'l', sign: '╱'},
  {tool: 'rectangle', name: 'Rectangle', key: 'r', sign: '▭'}, {tool: 'ellipse', name: 'Ellipse', key: 'e', sign: '◯'},
  {tool: 'bucket', name: 'Bucket', key: 'g', sign: '◪'}, {tool: 'eyedropper', name: 'Pick', key: 'i', sign: '⊙'},
  {tool: 'pan', name: 'Move', key: 'h', sign: '✥'},
];

export class Hand {
  /** @param {import('./view.js').View} view @param {import('./map.js').LabelMap} map
   * @param {{paint: () => shapes.Paint, newObject: () => void, picked: (id: number) => void, changed: () => void, finished: () => void, sized: (size: number) => void}} owner */
  constructor(view, map, owner) {
    this.view = view;
    this.map = map;
    this.owner = owner;
    /** @type {Tool} */
    this.tool = 'brush';
    this.size = 16;
    /** @type {'round' | 'square'} */
    this.shape = 'round';
    this.usesPressure = false;
    /** Pointers that are down, by their ids. @type {Map<number, Point & {clientX: number, clientY: number}>} */
    this.pointers = new Map();
    /** @type {{start: Point, last: Point, paint: shapes.Paint, pointer: number} | null} */
    this.stroke = null;
    /** @type {{distance: number, x: number, y: number} | null} */
    this.pinch = null;
    /** Where the keyboard's brush is. @type {Point} */
    this.keyPoint = {x: map.width / 2, y: map.height / 2};
    this.isSpaceDown = false;
    const canvas = view.canvas;
    canvas.addEventListener('pointerdown', (event) => this.down(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    canvas.addEventListener('pointerup', (event) => this.up(event));
    canvas.addEventListener('pointercancel', (event) => this.cancel(event));
    canvas.addEventListener('pointerleave', () => this.hover(null));
    canvas.addEventListener('wheel', (event) => this.wheel(event), {passive: false});
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  /** @param {Point | null} point */
  hover(point) {
    const hasBrush = this.tool === 'brush' || this.tool === 'line';
    this.view.cursor = point ? {point, size: hasBrush ? this.size : 1, shape: this.shape} : null;
    this.view.canvas.classList.toggle('panning', this.tool === 'pan');
    this.view.schedule();
  }

  /** @param {PointerEvent} event */
  down(event) {
    const canvas = this.view.canvas;
    canvas.focus({preventScroll: true});
    canvas.setPointerCapture(event.pointerId);
    const point = this.view.point(event);
    this.pointers.set(event.pointerId, {...point, clientX: event.clientX, clientY: event.clientY});
    if (this.pointers.size === 2) {
      // A second finger means that the first did not want to paint.
      this.abandon();
      this.pinch = this.spread();
      return;
    }
    if (this.pointers.size > 1) return;
    if (event.button === 1 || this.tool === 'pan') return;
    if (this.tool === 'eyedropper' || event.button === 2) return this.pick(point);
    this.begin(point, event.pointerId, this.pressure(event));
  }

  /** @param {PointerEvent} event */
  move(event) {
    const last = this.pointers.get(event.pointerId);
    const point = this.view.point(event);
    if (event.pointerType !== 'touch') this.hover(point);
    if (!last) return;
    this.pointers.set(event.pointerId, {...point, clientX: event.clientX, clientY: event.clientY});
    if (this.pinch) return this.pinchMoved();
    if (this.stroke && this.stroke.pointer === event.pointerId) {
      const all = event.getCoalescedEvents?.() ?? [];
      for (const each of all.length > 0 ? all : [event]) this.extend(this.view.point(each), this.pressure(each));
      return;
    }
    if (this.tool === 'pan' || event.buttons === 4) this.drag(last, event);
  }

  /** @param {PointerEvent} event */
  up(event) {
    this.pointers.delete(event.pointerId);
    if (this.pinch) {
      if (this.pointers.size === 0) this.pinch = null;
      return;
    }
    if (this.stroke?.pointer === event.pointerId) this.finish();
  }

  /** @param {PointerEvent} event */
  cancel(event) {
    this.pointers.delete(event.pointerId);
    if (this.pointers.size === 0) this.pinch = null;
    if (this.stroke?.pointer === event.pointerId) this.abandon();
  }

  /** Share of the brush that the pen's pressure leaves. @param {PointerEvent} event */
  pressure(event) { return this.usesPressure && event.pointerType === 'pen' && event.pressure > 0 ? Math.max(0.1, event.pressure) : 1; }

  /** @param {Point} point @param {number} pointer @param {number} pressure */
  begin(point, pointer, pressure) {
    this.owner.newObject();
    const paint = this.owner.paint();
    this.map.begin();
    this.stroke = {start: point, last: point, paint, pointer};
    if (this.tool === 'bucket') {
      shapes.fill(this.map, point, paint);
      this.owner.changed();
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

  /** @param {{clientX: number, clientY: number}} last @param {{clientX: number, clientY: number}} now */
  drag(last, now) {
    const from = this.view.point(last), to = this.view.point(now);
    this.view.moveTo({x: this.view.middle.x + from.x - to.x, y: this.view.middle.y + from.y - to.y});
  }

  spread() {
    const [a, b] = [...this.pointers.values()];
    return {distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2};
  }

  pinchMoved() {
    if (this.pointers.size < 2 || !this.pinch) return;
    const now = this.spread(), last = this.pinch;
    this.drag({clientX: last.x, clientY: last.y}, {clientX: now.x, clientY: now.y});
    if (last.distance > 0) this.view.zoomBy(now.distance / last.distance, this.view.point({clientX: now.x, clientY: now.y}));
    this.pinch = now;
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    this.view.zoomBy(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), this.view.point(event));
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
