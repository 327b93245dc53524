// Maps and pictures as files.
import {decode as decodeJPEG, isJPEG} from './jpeg.js';
import {decode as decodePNG, encodeIds, isPNG} from './png.js';

/** @typedef {{ids: Uint16Array, unknown: {color: number[], count: number}[], strangeCount: number}} Reading ids at the network's size, common
 * colours that are no class's, and the pixels near no class's colour */

/** Colours within this many levels of a class's are the class's. */
const tolerance = 8;
const shownUnknown = 12;

/** @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** @param {Uint8Array} bytes */
async function decode(bytes) {
  if (isPNG(bytes)) return decodePNG(bytes);
  if (isJPEG(bytes)) return decodeJPEG(bytes);
  throw new Error('This file is neither a PNG nor a JPEG; give a map or drawing of one of these kinds.');
}

/** Reads a map file: ids, or a drawing in the colours of the classes; resized by nearest neighbour.
 * @param {Uint8Array} bytes @param {{width: number, height: number, classCount: number, unknownId: number | null}} network
 * @param {number[][]} colors of the ids @param {Map<string, number>} answers ids of colours that a person has named
 * @returns {Promise<Reading>} */
export async function readMap(bytes, network, colors, answers = new Map()) {
  const picture = await decode(bytes);
  const values = picture.values;
  const isIndexed = values !== null && holdsIds(values, picture.palette, colors, network);
  const known = new Map(colors.map((color, id) => [color.join(), id]));
  /** @type {Map<string, {color: number[], count: number}>} */
  const unknown = new Map();
  /** @type {{at: number, source: number, color: number[]}[]} */
  const strange = [];
  const ids = new Uint16Array(network.width * network.height);
  for (let at = 0; at < ids.length; at++) {
    const x = at % network.width, y = (at - x) / network.width;
    const source = Math.floor(((y + 0.5) * picture.height) / network.height) * picture.width + Math.floor(((x + 0.5) * picture.width) / network.width);
    if (isIndexed && values) {
      ids[at] = idOf(values[source], network);
      continue;
    }
    const color = picture.color(source), key = color.join();
    const id = known.get(key) ?? answers.get(key);
    if (id !== undefined) {
      ids[at] = id;
      continue;
    }
    const near = nearest(color, colors);
    ids[at] = near.id;
    if (near.distance <= tolerance) continue;
    strange.push({at, source, color});
    const entry = unknown.get(key) ?? {color, count: 0};
    entry.count += 1;
    unknown.set(key, entry);
  }
  // A photo's colours are rare ones.
  const rareCount = [...unknown.values()].reduce((sum, {count}) => sum + (count > ids.length / 400 ? 0 : count), 0);
  if (2 * rareCount > ids.length) throw new Error("This picture is no map: most of its pixels are near no class's colour.");
  const near = remembered(colors);
  for (const {at, source, color} of strange) {
    const id = around(picture, source, color, colors, near);
    if (id === undefined) continue;
    ids[at] = id;
    const entry = unknown.get(color.join());
    if (entry) entry.count -= 1;
  }
  const asked = [...unknown.values()].filter(({count}) => count > ids.length / 400).sort((a, b) => b.count - a.count);
  return {ids, unknown: asked.slice(0, shownUnknown), strangeCount: strange.length};
}

/** `nearest` for colours that come again and again. @param {number[][]} colors */
function remembered(colors) {
  /** @type {Map<number, {id: number, distance: number}>} */
  const found = new Map();
  return (/** @type {number[]} */ color) => {
    const key = (color[0] << 16) | (color[1] << 8) | color[2];
    const near = found.get(key) ?? nearest(color, colors);
    found.set(key, near);
    return near;
  };
}

/** The id of the nearest among the classes' colours that lie within two pixels of one that is near none: smoothed edges, and what JPEG
 * makes of them, belong to what they are the edge of, without a question. @param {import('./png.js').Samples} picture @param {number} source
 * @param {number[]} color @param {number[][]} colors @param {(color: number[]) => {id: number, distance: number}} near */
function around(picture, source, color, colors, near) {
  const x = source % picture.width, y = (source - x) / picture.width;
  /** @type {Set<number>} */
  const ids = new Set();
  for (let row = Math.max(0, y - 2); row <= Math.min(picture.height - 1, y + 2); row++) {
    for (let column = Math.max(0, x - 2); column <= Math.min(picture.width - 1, x + 2); column++) {
      const each = near(picture.color(row * picture.width + column));
      if (each.distance <= tolerance) ids.add(each.id);
    }
  }
  const found = [...ids];
  return found.length > 0 ? found[nearest(color, found.map((id) => colors[id])).id] : undefined;
}

/** @param {number} value @param {{classCount: number, unknownId: number | null}} network */
function idOf(value, {classCount, unknownId}) {
  if (value === 255 && unknownId !== null) return unknownId;
  if (value < classCount) return value;
  throw new Error(`The map holds id ${value}, and this network has the ids 0 to ${classCount - 1}.`);
}

/** Whether gray levels or palette indices are ids. They are not where the palette has the classes' colours in another order, and where
 * they are no ids of the network. @param {Uint16Array} values @param {Uint8Array | null} palette @param {number[][]} colors
 * @param {{classCount: number, unknownId: number | null}} network */
function holdsIds(values, palette, colors, {classCount, unknownId}) {
  if (palette === null) return true;
  const used = [...new Set(values)], entry = (/** @type {number} */ value) => palette.subarray(3 * value, 3 * value + 3).join();
  if (used.every((value) => colors[value]?.join() === entry(value))) return true;
  const known = new Set(colors.map((color) => color.join()));
  if (used.every((value) => known.has(entry(value)))) return false;
  return used.every((value) => value < classCount || (value === 255 && unknownId !== null));
}

/** @param {number[]} color @param {number[][]} colors */
export function nearest(color, colors) {
  let best = {id: 0, distance: Infinity, sum: Infinity};
  colors.forEach((other, id) => {
    const differences = other.map((level, channel) => Math.abs(level - color[channel]));
    const sum = differences.reduce((total, value) => total + value * value, 0);
    if (sum < best.sum) best = {id, sum, distance: Math.max(...differences)};
  });
  return best;
}

/** @param {import('./map.js').LabelMap} map @param {number[][]} colors */
export async function saveMap(map, colors) {
  download(await encodeIds(map.width, map.height, map.ids, colors), 'map.png');
  if (map.objects) download(await encodeIds(map.width, map.height, map.objects, []), 'instances.png');
}

/** The picture enlarged and smoothed. @param {HTMLCanvasElement} picture @param {number} scale @returns {Promise<Blob>} */
export async function enlarged(picture, scale) {
  const canvas = new OffscreenCanvas(picture.width * scale, picture.height * scale);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({type: 'image/png'});
}
