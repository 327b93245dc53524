// "Show me": paints a map that ships beside the model, as a person would, class by class and stroke by stroke.

/** The picture appears over about this time. */
const seconds = 9, brushRadius = 9;

/** @param {import('./map.js').LabelMap} map @param {Uint16Array} ids of the whole map
 * @param {string} name of it @param {{chosen: (id: number) => void, changed: () => void, isStopped: () => boolean}} owner */
export async function replay(map, ids, name, owner) {
  const dabs = order(ids, map.width).flatMap((id) => path(ids, id, map.width, map.height));
  const perFrame = Math.max(1, Math.ceil(dabs.length / (seconds * 60)));
  map.begin();
  map.about = {name, frame: null};
  let shown = -1;
  for (let at = 0; at < dabs.length && !owner.isStopped(); at += perFrame) {
    for (const dab of dabs.slice(at, at + perFrame)) {
      reveal(map, ids, dab);
      if (dab.id !== shown) owner.chosen((shown = dab.id));
    }
    owner.changed();
    await new Promise((next) => requestAnimationFrame(next));
  }
  if (!owner.isStopped()) map.ids.set(ids);
  map.commit();
  owner.changed();
}

/** Classes from the back to the front: by how high they begin. @param {Uint16Array} ids @param {number} width */
function order(ids, width) {
  /** @type {Map<number, {sum: number, count: number}>} */
  const rows = new Map();
  ids.forEach((id, at) => {
    const entry = rows.get(id) ?? {sum: 0, count: 0};
    entry.sum += Math.floor(at / width);
    entry.count += 1;
    rows.set(id, entry);
  });
  return [...rows].sort(([, a], [, b]) => a.sum / a.count - b.sum / b.count).map(([id]) => id);
}

/** Where the brush goes for one class: to and fro over the rows that have it.
 * @param {Uint16Array} ids @param {number} id @param {number} width @param {number} height */
function path(ids, id, width, height) {
  const dabs = [];
  for (let y = 0, isBack = false; y < height; y += brushRadius, isBack = !isBack) {
    const columns = [];
    for (let x = 0; x < width; x += 4) {
      if (touches(ids, id, x, y, width, height)) columns.push(x);
    }
    for (const x of isBack ? columns.reverse() : columns) dabs.push({x, y, id});
  }
  return dabs;
}

/** @param {Uint16Array} ids @param {number} id @param {number} x @param {number} y @param {number} width @param {number} height */
function touches(ids, id, x, y, width, height) {
  for (let row = Math.max(0, y - 4); row <= Math.min(height - 1, y + 4); row++) {
    for (let column = Math.max(0, x - 2); column <= Math.min(width - 1, x + 2); column++) {
      if (ids[row * width + column] === id) return true;
    }
  }
  return false;
}

/** @param {import('./map.js').LabelMap} map @param {Uint16Array} ids @param {{x: number, y: number, id: number}} dab */
function reveal(map, ids, {x, y, id}) {
  for (let row = Math.max(0, y - brushRadius); row <= Math.min(map.height - 1, y + brushRadius); row++) {
    for (let column = Math.max(0, x - brushRadius); column <= Math.min(map.width - 1, x + brushRadius); column++) {
      const at = row * map.width + column;
      if (ids[at] === id && (row - y) ** 2 + (column - x) ** 2 <= brushRadius ** 2) map.put(at, id, 0);
    }
  }
}
