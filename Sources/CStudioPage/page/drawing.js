// From the pixels of a map's file to the ids of a network: as synthesize reads them, so that both paint the same picture.
import {decode as decodeJPEG, isJPEG} from './jpeg.js';
import {decode as decodePNG, isPNG} from './png.js';
import {differs, sampled} from './fit.js';
import {kindOf} from './formats.js';

/** @typedef {{width: number, height: number, classCount: number, unknownId: number | null}} Network */
/** What a person said of a drawing: ids of colours that are no class's, the id of transparent pixels, and what becomes of the shape.
 * @typedef {{colors: Map<string, number>, transparent: number | null, fit: import('./fit.js').Fit}} Answers */
/** Ids at the network's size; common colours that are no class's; the share of transparent pixels; the pixels near no class's colour; and
 * where the drawing itself is among the ids. All counts are of pixels at the network's size.
 * @typedef {{ids: Uint16Array, unknown: {color: number[], count: number}[], transparentCount: number, strangeCount: number,
 *   content: import('./fit.js').Area, size: import('./fit.js').Size, isOtherShape: boolean}} Reading */

/** Colours within this many levels of a class's are the class's. */
const tolerance = 8;
const shownUnknown = 12;

/** @type {Answers} */
export const noAnswers = {colors: new Map(), transparent: null, fit: 'stretch'};

/** @param {Uint8Array} bytes @returns {Promise<import('./png.js').Samples>} */
export async function decode(bytes) {
  if (isPNG(bytes)) return decodePNG(bytes);
  if (isJPEG(bytes)) return decodeJPEG(bytes);
  const kind = kindOf(bytes);
  if (kind) throw new Error(`This is a ${kind} picture, and maps are read from PNG and JPEG; save it as PNG.`);
  throw new Error('This file is neither a PNG nor a JPEG; give a map or drawing of one of these kinds.');
}

/** Reads a map: ids, or a drawing in the colours of the classes.
 * @param {import('./png.js').Samples} picture @param {Network} network @param {number[][]} colors of the ids @param {Answers} answers
 * @returns {Reading} */
export function readMap(picture, network, colors, answers = noAnswers) {
  const {places, content} = sampled(answers.fit, picture, network);
  const about = {content, size: {width: picture.width, height: picture.height}, isOtherShape: differs(picture, network)};
  const {values} = picture;
  if (values && holdsIds(picture, values, colors, network)) {
    const ids = Uint16Array.from(places, (place) => idOf(values[place], network));
    return {ids, unknown: [], transparentCount: 0, strangeCount: 0, ...about};
  }
  return {...snapped(picture, places, new Snapper(picture, colors, answers.colors), answers.transparent ?? network.unknownId ?? 0), ...about};
}

/** @param {import('./png.js').Samples} picture @param {Uint32Array} places @param {Snapper} snapper @param {number} transparent */
function snapped(picture, places, snapper, transparent) {
  /** @type {Map<string, {color: number[], count: number}>} */
  const unknown = new Map();
  let transparentCount = 0, strangeCount = 0;
  const ids = Uint16Array.from(places, (place) => {
    if (picture.isTransparent(place)) {
      transparentCount += 1;
      return transparent;
    }
    const close = snapper.close(place);
    if (close) return close.id;
    const color = picture.color(place), entry = unknown.get(color.join()) ?? {color, count: 0};
    strangeCount += 1;
    entry.count += 1;
    unknown.set(color.join(), entry);
    return snapper.around(place, color).id;
  });
  // Rare colours are the smoothed edges of drawings: they take the nearest class around them without a question.
  const asked = [...unknown.values()].filter(({count}) => count > ids.length / 400).sort((a, b) => b.count - a.count);
  const rareCount = strangeCount - asked.reduce((sum, {count}) => sum + count, 0);
  if (2 * rareCount > ids.length) throw new Error("This picture is no map: most of its pixels are near no class's colour.");
  return {ids, unknown: asked.slice(0, shownUnknown), transparentCount, strangeCount};
}

/** @typedef {{id: number, color: number[], order: number}} Entry */

/** Which colours stand for which ids. */
class Snapper {
  /** @param {import('./png.js').Samples} picture @param {number[][]} colors of the ids @param {Map<string, number>} named colours of others */
  constructor(picture, colors, named) {
    this.picture = picture;
    /** No colour twice. @type {Map<string, Entry>} */
    this.entries = new Map();
    const add = (/** @type {number[]} */ color, /** @type {number} */ id) => {
      if (!this.entries.has(color.join())) this.entries.set(color.join(), {id, color, order: this.entries.size});
    };
    colors.forEach(add);
    named.forEach((id, key) => add(key.split(',').map(Number), id));
    /** By colour. @type {Map<number, Entry | null>} */
    this.known = new Map();
  }

  /** The entry whose colour a pixel has, but for a few levels; null where there is none. @param {number} place @returns {Entry | null} */
  close(place) {
    if (this.picture.isTransparent(place)) return null;
    const color = this.picture.color(place), key = (color[0] << 16) | (color[1] << 8) | color[2];
    let entry = this.known.get(key);
    if (entry === undefined) {
      entry = best(this.entries.values(), color);
      if (entry.color.some((level, channel) => Math.abs(level - color[channel]) > tolerance)) entry = null;
      this.known.set(key, entry);
    }
    return entry;
  }

  /** For a pixel of a smoothed edge: the nearest of the entries that are close to a pixel within two of it, so that no third class appears
   * between two; else the nearest of all. @param {number} place @param {number[]} color */
  around(place, color) {
    const {width, height} = this.picture, x = place % width, y = (place - x) / width;
    /** @type {Set<Entry>} */
    const found = new Set();
    for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++) {
      for (let column = Math.max(0, x - 2); column <= Math.min(width - 1, x + 2); column++) {
        const entry = this.close(row * width + column);
        if (entry) found.add(entry);
      }
    }
    return best(found.size > 0 ? found : this.entries.values(), color);
  }
}

/** The entry nearest to a colour, the first of equally near ones. @param {Iterable<Entry>} entries @param {number[]} color */
function best(entries, color) {
  let nearest = /** @type {Entry | null} */ (null), least = Infinity;
  for (const entry of entries) {
    const sum = entry.color.reduce((total, level, channel) => total + (level - color[channel]) ** 2, 0);
    if (sum < least || (sum === least && nearest && entry.order < nearest.order)) [nearest, least] = [entry, sum];
  }
  return /** @type {Entry} */ (nearest);
}

/** The id whose colour is nearest. @param {number[]} color @param {number[][]} colors of the ids */
export const nearestId = (color, colors) => best(colors.map((each, id) => ({id, color: each, order: id})), color).id;

/** @param {number} value @param {Network} network */
function idOf(value, {classCount, unknownId}) {
  if (value === 255 && unknownId !== null) return unknownId;
  if (value < classCount) return value;
  throw new Error(`The map holds id ${value}, and this network has the ids 0 to ${classCount - 1}.`);
}

/** Whether gray levels or palette indices are ids. A palette's colours say what is meant, and not the indices, where all of them are classes'
 * colours and some another index's, or where most are close to classes' colours, and more of them to other indices' than to their own; or
 * where the indices are no ids. @param {import('./png.js').Samples} picture @param {Uint16Array} values @param {number[][]} colors
 * @param {Network} network */
function holdsIds(picture, values, colors, {classCount, unknownId}) {
  if (!picture.palette) return true;
  const counts = new Map(), places = new Map();
  values.forEach((value, place) => {
    if (picture.isTransparent(place)) return;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    places.set(value, place);
  });
  const isClose = (/** @type {number[] | undefined} */ one, /** @type {number[]} */ two, most = tolerance) =>
    one !== undefined && one.every((level, channel) => Math.abs(level - two[channel]) <= most);
  let isExact = true, total = 0, own = 0, other = 0;
  for (const [value, count] of counts) {
    const color = picture.color(places.get(value));
    total += count;
    if (isClose(colors[value], color)) own += count;
    else if (colors.some((each) => isClose(each, color))) other += count;
    else isExact = false;
    isExact &&= isClose(colors[value], color) ? isClose(colors[value], color, 0) : colors.some((each) => isClose(each, color, 0));
  }
  if (isExact ? other > 0 : 2 * (own + other) > total && other > own) return false;
  return [...counts.keys()].every((value) => value < classCount || (value === 255 && unknownId !== null));
}
