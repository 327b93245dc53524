// The label map: ids in an array, and every change as something that can be taken back.

/** A rectangle of pixels: `x0 ≤ x < x1`, `y0 ≤ y < y1`.
 * @typedef {{x0: number, y0: number, x1: number, y1: number}} Rect */

/** What the map is of: a name for its files, and, where it was a drawing of another shape with its borders drawn out, that drawing's size and
 * where it is on the map. @typedef {{name: string, frame: {area: import('./fit.js').Area, size: import('./fit.js').Size} | null}} About */

/** @type {About} */
const untitled = {name: 'drawing', frame: null};

/** What a change replaced and by what, inside its rectangle.
 * @typedef {{rect: Rect, before: Uint16Array[], after: Uint16Array[], aboutBefore: About, aboutAfter: About, byteCount: number}} Change */

/** Bytes of changes that are kept to be taken back. */
const historyBytes = 96 << 20;

export class LabelMap {
  /** @param {number} width @param {number} height @param {boolean} hasObjects whether the network reads borders between objects */
  constructor(width, height, hasObjects) {
    this.width = width;
    this.height = height;
    /** Class of each pixel, row by row. */
    this.ids = new Uint16Array(width * height);
    /** Object of each pixel, or null. */
    this.objects = hasObjects ? new Uint16Array(width * height) : null;
    this.about = untitled;
    /** Before the change under way. */
    this.aboutBefore = untitled;
    /** @type {Change[]} */
    this.undone = [];
    /** @type {Change[]} */
    this.done = [];
    /** @type {Uint16Array[] | null} */
    this.snapshot = null;
    this.nextObject = 1;
    /** Pixels that `put` has given another value. */
    this.putCount = 0;
    /** Counts the changes. */
    this.version = 0;
  }

  /** @returns {Uint16Array[]} */
  get planes() { return this.objects ? [this.ids, this.objects] : [this.ids]; }

  /** Begins a change; everything until `commit` is one step of the history. */
  begin() {
    this.snapshot = this.planes.map((plane) => plane.slice());
    this.aboutBefore = this.about;
  }

  /** Takes back what has been drawn since `begin`, without ending the change. */
  restore() { this.snapshot?.forEach((plane, index) => this.planes[index].set(plane)); }

  /** Ends the change. @returns {Rect | null} what it changed */
  commit() {
    const snapshot = this.snapshot;
    this.snapshot = null;
    if (!snapshot) return null;
    const isOther = this.about !== this.aboutBefore;
    const rect = this.difference(snapshot) ?? (isOther ? {x0: 0, y0: 0, x1: 0, y1: 0} : null);
    if (!rect) return null;
    this.version += 1;
    const before = snapshot.map((plane) => this.cut(plane, rect));
    const after = this.planes.map((plane) => this.cut(plane, rect));
    const byteCount = 2 * before.reduce((sum, plane) => sum + plane.byteLength, 0);
    this.done.push({rect, before, after, aboutBefore: this.aboutBefore, aboutAfter: this.about, byteCount});
    this.undone = [];
    let sum = this.done.reduce((total, change) => total + change.byteCount, 0);
    while (sum > historyBytes && this.done.length > 1) sum -= /** @type {Change} */ (this.done.shift()).byteCount;
    return rect;
  }

  /** @returns {boolean} whether there was something to take back */
  undo() { return this.step(this.done, this.undone, 'before'); }

  /** @returns {boolean} */
  redo() { return this.step(this.undone, this.done, 'after'); }

  /** @param {Change[]} from @param {Change[]} to @param {'before' | 'after'} side */
  step(from, to, side) {
    const change = from.pop();
    if (!change) return false;
    this.version += 1;
    this.about = side === 'before' ? change.aboutBefore : change.aboutAfter;
    change[side].forEach((part, index) => this.paste(this.planes[index], part, change.rect));
    to.push(change);
    return true;
  }

  /** Replaces the whole map, as one change. @param {Uint16Array} ids @param {Uint16Array | null} objects @param {About} about */
  replace(ids, objects = null, about = untitled) {
    this.begin();
    this.about = about;
    this.ids.set(ids);
    if (this.objects) objects ? this.objects.set(objects) : this.objects.fill(0);
    this.nextObject = this.objects ? this.objects.reduce((most, id) => Math.max(most, id), 0) + 1 : 1;
    return this.commit();
  }

  /** Sets one pixel. @param {number} at @param {number} id @param {number} object */
  put(at, id, object) {
    if (this.ids[at] === id && (!this.objects || this.objects[at] === object)) return;
    this.putCount += 1;
    this.ids[at] = id;
    if (this.objects) this.objects[at] = object;
  }

  /** @param {Uint16Array[]} snapshot @returns {Rect | null} */
  difference(snapshot) {
    let x0 = this.width, x1 = 0, y0 = this.height, y1 = 0;
    this.planes.forEach((plane, index) => {
      const old = snapshot[index];
      for (let at = 0; at < plane.length; at++) {
        if (plane[at] === old[at]) continue;
        const x = at % this.width, y = (at - x) / this.width;
        if (x < x0) x0 = x;
        if (x >= x1) x1 = x + 1;
        if (y < y0) y0 = y;
        if (y >= y1) y1 = y + 1;
      }
    });
    return x1 > x0 ? {x0, y0, x1, y1} : null;
  }

  /** @param {Uint16Array} plane @param {Rect} rect */
  cut(plane, {x0, y0, x1, y1}) {
    const part = new Uint16Array((x1 - x0) * (y1 - y0));
    for (let y = y0; y < y1; y++) part.set(plane.subarray(y * this.width + x0, y * this.width + x1), (y - y0) * (x1 - x0));
    return part;
  }

  /** @param {Uint16Array} plane @param {Uint16Array} part @param {Rect} rect */
  paste(plane, part, {x0, y0, x1, y1}) {
    const width = x1 - x0;
    for (let y = y0; y < y1; y++) plane.set(part.subarray((y - y0) * width, (y - y0 + 1) * width), y * this.width + x0);
  }

  /** The body of a request: ids, then objects where there are any; 16 bits each, low byte first. */
  bytes() {
    const bytes = new Uint8Array(this.planes.length * this.ids.byteLength);
    const view = new DataView(bytes.buffer);
    this.planes.forEach((plane, index) => {
      for (let at = 0; at < plane.length; at++) view.setUint16(2 * (index * plane.length + at), plane[at], true);
    });
    return bytes;
  }
}
