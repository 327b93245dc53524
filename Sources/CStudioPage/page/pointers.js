// Mouse, pen and fingers on the map: what paints, and what moves the map or comes nearer.

/** A place of the page. @typedef {{clientX: number, clientY: number}} Place */

export class Pointers {
  /** @param {import('./hand.js').Hand} hand @param {import('./view.js').View} view */
  constructor(hand, view) {
    this.hand = hand;
    this.view = view;
    /** Pointers that are down, by their ids. @type {Map<number, Place>} */
    this.pointers = new Map();
    /** @type {{distance: number, middle: Place} | null} */
    this.pinch = null;
    const canvas = view.canvas;
    canvas.addEventListener('pointerdown', (event) => this.down(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    canvas.addEventListener('pointerup', (event) => this.up(event));
    canvas.addEventListener('pointercancel', (event) => this.cancel(event));
    canvas.addEventListener('pointerleave', () => hand.hover(null));
    canvas.addEventListener('wheel', (event) => this.wheel(event), {passive: false});
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  }

  /** @param {PointerEvent} event */
  down(event) {
    const canvas = this.view.canvas;
    canvas.focus({preventScroll: true});
    canvas.setPointerCapture(event.pointerId);
    const point = this.view.point(event);
    this.pointers.set(event.pointerId, {clientX: event.clientX, clientY: event.clientY});
    if (this.pointers.size === 2) {
      // A second finger means that the first did not want to paint.
      this.hand.abandon();
      this.pinch = this.spread();
      return;
    }
    if (this.pointers.size > 1) return;
    if (event.button === 1 || this.hand.tool === 'pan') return;
    if (this.hand.tool === 'eyedropper' || event.button === 2) return this.hand.pick(point);
    this.hand.begin(point, event.pointerId, this.pressure(event));
  }

  /** @param {PointerEvent} event */
  move(event) {
    const last = this.pointers.get(event.pointerId), point = this.view.point(event);
    if (event.pointerType !== 'touch') this.hand.hover(point);
    if (!last) return;
    this.pointers.set(event.pointerId, {clientX: event.clientX, clientY: event.clientY});
    if (this.pinch) return this.pinchMoved();
    if (this.hand.stroke?.pointer === event.pointerId) {
      const all = event.getCoalescedEvents?.() ?? [];
      for (const each of all.length > 0 ? all : [event]) this.hand.extend(this.view.point(each), this.pressure(each));
      return;
    }
    if (this.hand.tool === 'pan' || event.buttons === 4) this.drag(last, event);
  }

  /** @param {PointerEvent} event */
  up(event) {
    this.pointers.delete(event.pointerId);
    if (this.pinch) {
      if (this.pointers.size === 0) this.pinch = null;
      return;
    }
    if (this.hand.stroke?.pointer === event.pointerId) this.hand.finish();
  }

  /** @param {PointerEvent} event */
  cancel(event) {
    this.pointers.delete(event.pointerId);
    if (this.pointers.size === 0) this.pinch = null;
    if (this.hand.stroke?.pointer === event.pointerId) this.hand.abandon();
  }

  /** Share of the brush that the pen's pressure leaves. @param {PointerEvent} event */
  pressure(event) { return this.hand.usesPressure && event.pointerType === 'pen' && event.pressure > 0 ? Math.max(0.1, event.pressure) : 1; }

  /** Moves the map along. @param {Place} last @param {Place} now */
  drag(last, now) {
    const from = this.view.point(last), to = this.view.point(now);
    this.view.moveTo({x: this.view.middle.x + from.x - to.x, y: this.view.middle.y + from.y - to.y});
  }

  /** Of the two fingers. */
  spread() {
    const [a, b] = [...this.pointers.values()];
    const middle = {clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2};
    return {distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), middle};
  }

  pinchMoved() {
    if (this.pointers.size < 2 || !this.pinch) return;
    const now = this.spread(), last = this.pinch;
    this.drag(last.middle, now.middle);
    if (last.distance > 0) this.view.zoomBy(now.distance / last.distance, this.view.point(now.middle));
    this.pinch = now;
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    this.view.zoomBy(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0016)), this.view.point(event));
  }
}
