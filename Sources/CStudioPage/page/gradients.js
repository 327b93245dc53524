// Wide gradients of a drawing, whose steps are so few levels that neighbours have the same colour over many pixels: as the command line has it.

/** Where a colour is on the straight way between two others: a dot product, 0 at the first and `length`, the way's squared length, at the last;
 * null more than 16 levels off, and where both are the same.
 * @param {number[]} color @param {number[]} first @param {number[]} last @returns {{dot: number, length: number} | null} */
export function placeBetween(color, first, last) {
  const between = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.map((level, channel) => b[channel] - level);
  const product = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const square = (/** @type {number[]} */ way) => product(way, way);
  const way = between(first, last), place = between(first, color), length = square(way), dot = product(way, place);
  // The squared distance from the way between both, times its squared length.
  let off = square(place) * length - dot * dot;
  if (dot <= 0) off = square(place) * length;
  else if (dot >= length) off = square(between(last, color)) * length;
  return length > 0 && off <= 256 * length ? {dot, length} : null;
}

/** Whether colours go gradually from one pixel's to another's: seven between them are on the way, one after the other but for eight levels, and no
 * step is longer than half of the way and than eight levels.
 * @param {import('./png.js').Samples} picture @param {number} place @param {number} stride @param {number} distance in strides */
export function isGradual(picture, place, stride, distance) {
  const first = picture.color(place), last = picture.color(place + distance * stride);
  let before = 0;
  for (let part = 1; part <= 8; part++) {
    const at = place + Math.floor((distance * part) / 8) * stride, found = placeBetween(picture.color(at), first, last);
    if (picture.isTransparent(at) || !found) return false;
    const step = found.dot - before;
    if (step * step > 64 * found.length && (step <= 0 || 2 * step > found.length)) return false;
    if (step > 0) before = found.dot;
  }
  return true;
}

const flat = 1, slope = 2;

/** Which pixels are on a slope: their run of one colour, in the row or in the column, is a step of a gradient. */
export class Slopes {
  /** @param {import('./png.js').Samples} picture @param {number} reach @param {(color: number[]) => boolean} isOwn whether it is a class's own */
  constructor(picture, reach, isOwn) {
    this.picture = picture;
    this.reach = reach;
    this.isOwn = isOwn;
    /** Of each pixel, 0 where nobody asked. */
    this.rows = new Uint8Array(picture.width * picture.height);
    this.columns = new Uint8Array(picture.width * picture.height);
  }

  /** @param {number} place */
  has(place) {
    const {width, height} = this.picture, x = place % width, y = (place - x) / width;
    return this.of(this.rows, y * width, 1, width, x) === slope || this.of(this.columns, x, width, height, y) === slope;
  }

  /** What a pixel is in its row or column, and so is its whole run.
   * @param {Uint8Array} known @param {number} start @param {number} stride @param {number} count of the line @param {number} position in it */
  of(known, start, stride, count, position) {
    const place = (/** @type {number} */ at) => start + at * stride;
    if (known[place(position)]) return known[place(position)];
    const color = this.picture.color(place(position));
    const isSame = (/** @type {number} */ at) => this.picture.color(place(at)).every((level, channel) => level === color[channel]);
    let first = position, end = position + 1;
    // A longer run is no step, as two more have to fit into the reach.
    while (first > 0 && position - first <= this.reach && isSame(first - 1)) first -= 1;
    while (end < count && end - position <= this.reach && isSame(end)) end += 1;
    const after = this.ascent(place, count, end, 1, color, end - first), before = this.ascent(place, count, first - 1, -1, color, end - first);
    const found = after && before && isSlope(after, before, this.isOwn(color)) ? slope : flat;
    for (let at = first; at < end; at++) known[place(at)] = found;
    return found;
  }

  /** How far colours have gone from a run's, eight levels in all channels together, by steps of at most four levels a channel, or up to where they
   * cannot go on; null where they stay within that, or have gone as far in fewer pixels than two such runs have.
   * @param {(at: number) => number} place @param {number} count @param {number} first @param {number} step @param {number[]} color
   * @param {number} runCount @returns {Ascent | null} */
  ascent(place, count, first, step, color, runCount) {
    let last = color;
    for (let distance = 1, at = first; at >= 0 && at < count; distance++, at += step) {
      if (distance > 2 * this.reach) return null;
      const next = this.picture.color(place(at)), way = next.map((level, channel) => level - color[channel]);
      if (next.some((level, channel) => Math.abs(level - last[channel]) > 4)) break;
      if (way.reduce((sum, each) => sum + Math.abs(each), 0) >= 8) return distance >= 2 * runCount ? {way, isWhole: true} : null;
      last = next;
    }
    return {way: last.map((level, channel) => level - color[channel]), isWhole: false};
  }
}

/** How colours go on from a run's; not whole where an edge or the border ends it before eight levels. @typedef {{way: number[], isWhole: boolean}} Ascent */

/** Whether two ways lead away from each other, at 120 degrees or more. Where an edge or the border cuts one of them, the other tells; but a class's
 * own colour up to the edge is what the gradient leads to. @param {Ascent} one @param {Ascent} other @param {boolean} isOwn */
function isSlope(one, other, isOwn) {
  const product = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const dot = product(one.way, other.way);
  if (one.isWhole && other.isWhole) return dot < 0 && 4 * dot * dot >= product(one.way, one.way) * product(other.way, other.way);
  return (one.isWhole || other.isWhole) && (isOwn ? dot < 0 : dot <= 0);
}
