// From the pixels of a map's file to the ids of a network: as synthesize reads them, so that both paint the same picture.
import {decode as decodeJPEG, isJPEG} from './jpeg.js';
import {decode as decodePNG, isPNG} from './png.js';
import {differs, sampled} from './fit.js';
import {kindOf} from './formats.js';
import {Snapper, tolerance} from './snapper.js';

/** @typedef {{width: number, height: number, classCount: number, unknownId: number | null}} Network */
/** What a person said of a drawing: ids of colours that are no class's, the id of transparent pixels, and what becomes of the shape.
 * @typedef {{colors: Map<string, number>, transparent: number | null, fit: import('./fit.js').Fit}} Answers */
/** Ids at the network's size; common colours that are no class's; the share of transparent pixels; the pixels near no class's colour; and
 * where the drawing itself is among the ids. All counts are of pixels at the network's size.
 * @typedef {{ids: Uint16Array, unknown: {color: number[], count: number}[], transparentCount: number, strangeCount: number,
 *   content: import('./fit.js').Area, size: import('./fit.js').Size, isOtherShape: boolean}} Reading */

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
  /** Colours that are near no class's, with all their pixels, and with those that are to be asked for. */
  const strange = new Map(), unknown = new Map();
  const count = (/** @type {Map<string, {color: number[], count: number}>} */ counts, /** @type {number[]} */ color) => {
    const entry = counts.get(color.join()) ?? {color, count: 0};
    entry.count += 1;
    counts.set(color.join(), entry);
  };
  let transparentCount = 0, strangeCount = 0;
  const ids = Uint16Array.from(places, (place) => {
    if (picture.isTransparent(place)) {
      transparentCount += 1;
      return transparent;
    }
    const entry = snapper.settled(place);
    if (entry) return entry.id;
    const color = picture.color(place), between = snapper.between(place);
    strangeCount += 1;
    count(strange, color);
    // The pixels of edges take a side without a question, those of areas do not.
    if (!between || snapper.sameAround(place).every((is) => is)) count(unknown, color);
    return (between ?? snapper.nearest(place)).id;
  });
  const isCommon = (/** @type {{count: number}} */ {count}) => count > ids.length / 400;
  // A photo's colours are rare ones.
  const rareCount = [...strange.values()].reduce((sum, entry) => sum + (isCommon(entry) ? 0 : entry.count), 0);
  if (2 * rareCount > ids.length) throw new Error("This picture is no map: most of its pixels are near no class's colour.");
  const asked = [...unknown.values()].filter(isCommon).sort((a, b) => b.count - a.count);
  return {ids, unknown: asked.slice(0, shownUnknown), transparentCount, strangeCount};
}

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
