// What tools draw into a map. Edges are hard: a pixel is inside when its centre is.

/** @typedef {import('./map.js').LabelMap} LabelMap */
/** What is painted: a class and the object that it belongs to.
 * @typedef {{id: number, object: number}} Paint */
/** A point of the map in pixels, not rounded.
 * @typedef {{x: number, y: number}} Point */

/** Calls `inside` for the centre of each pixel near a rectangle and paints those for which it holds.
 * @param {LabelMap} map @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
 * @param {Paint} paint @param {(x: number, y: number) => boolean} inside */
function paintWhere(map, x0, y0, x1, y1, paint, inside) {
  const left = Math.max(0, Math.floor(x0)), right = Math.min(map.width - 1, Math.ceil(x1));
  const top = Math.max(0, Math.floor(y0)), bottom = Math.min(map.height - 1, Math.ceil(y1));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      if (inside(x + 0.5, y + 0.5)) map.put(y * map.width + x, paint.id, paint.object);
    }
  }
}

/** The part of a brush stroke from one point to the next.
 * @param {LabelMap} map @param {Point} from @param {Point} to @param {number} size @param {'round' | 'square'} shape @param {Paint} paint */
export function stroke(map, from, to, size, shape, paint) {
  // A brush of one pixel must not fall between centres.
  const radius = Math.max(size / 2, 0.71);
  const dx = to.x - from.x, dy = to.y - from.y, length = dx * dx + dy * dy;
  paintWhere(
    map, Math.min(from.x, to.x) - radius, Math.min(from.y, to.y) - radius, Math.max(from.x, to.x) + radius,
    Math.max(from.y, to.y) + radius, paint, (x, y) => {
      // The nearest point of the segment; for a square brush by the larger of the two distances, found by stepping.
      if (shape === 'round') {
        const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
        const ex = x - from.x - t * dx, ey = y - from.y - t * dy;
        return ex * ex + ey * ey <= radius * radius;
      }
      return squareReaches(x - from.x, y - from.y, dx, dy, Math.max(size / 2, 0.5));
    });
}

/** Whether a square of half side `half` that moves by (dx, dy) from the origin covers (x, y) on its way.
 * @param {number} x @param {number} y @param {number} dx @param {number} dy @param {number} half */
function squareReaches(x, y, dx, dy, half) {
  let first = 0, last = 1;
  for (const [position, move] of [[x, dx], [y, dy]]) {
    if (move === 0) {
      if (Math.abs(position) > half) return false;
      continue;
    }
    const a = (position - half) / move, b = (position + half) / move;
    first = Math.max(first, Math.min(a, b));
    last = Math.min(last, Math.max(a, b));
  }
  return first <= last;
}

/** @param {LabelMap} map @param {Point} a @param {Point} b @param {Paint} paint */
export function rectangle(map, a, b, paint) {
  const x0 = Math.min(a.x, b.x), x1 = Math.max(a.x, b.x), y0 = Math.min(a.y, b.y), y1 = Math.max(a.y, b.y);
  paintWhere(map, x0, y0, x1, y1, paint, (x, y) => x >= x0 && x <= x1 && y >= y0 && y <= y1);
}

/** @param {LabelMap} map @param {Point} a @param {Point} b @param {Paint} paint */
export function ellipse(map, a, b, paint) {
  const cx = (a.x + b.x) / 2, cy = (a.y + b.y) / 2;
  const rx = Math.max(Math.abs(a.x - b.x) / 2, 0.5), ry = Math.max(Math.abs(a.y - b.y) / 2, 0.5);
  paintWhere(map, cx - rx, cy - ry, cx + rx, cy + ry, paint, (x, y) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1);
}

/** Fills the connected area of one class (and object) around a point.
 * @param {LabelMap} map @param {Point} point @param {Paint} paint */
export function fill(map, point, paint) {
  const {width, height, ids, objects} = map;
  const x = Math.floor(point.x), y = Math.floor(point.y);
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const start = y * width + x, id = ids[start], object = objects ? objects[start] : 0;
  if (id === paint.id && (!objects || object === paint.object)) return;
  const isArea = (/** @type {number} */ at) => ids[at] === id && (!objects || objects[at] === object);
  const stack = [start];
  map.put(start, paint.id, paint.object);
  const visit = (/** @type {number} */ at) => {
    if (!isArea(at)) return;
    map.put(at, paint.id, paint.object);
    stack.push(at);
  };
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const column = at % width;
    if (column > 0) visit(at - 1);
    if (column < width - 1) visit(at + 1);
    if (at >= width) visit(at - width);
    if (at < width * (height - 1)) visit(at + width);
  }
}
