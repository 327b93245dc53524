// From the pixels of a map's file to the ids of a network: as synthesize reads them, so that both paint the same picture.
import {decode as decodeJPEG, isJPEG} from './jpeg.js';
import {decode as decodePNG, isPNG} from './png.js';
import {differs, sampled} from './fit.js';
import {kindOf} from './formats.js';
import {ColorCounts, grouped} from './groups.js';
import {Snapper, tolerance} from './snapper.js';

/** @typedef {{width: number, height: number, classCount: number, unknownId: number | null}} Network */
/** What a person said of a drawing: whether a palette's numbers or its colours count, ids of colours that are no class's, the id of transparent
 * pixels, and what becomes of the shape.
 * @typedef {{by: 'ids' | 'colors' | null, colors: Map<string, number>, transparent: number | null, fit: import('./fit.js').Fit}} Answers */
/** Ids at the network's size; common colours that are no class's, in groups; pixels that are transparent, near no class's colour, and near none in
 * the mean of their area either; the ids that the second took, with their pixels; pixels of soft edges that took a side though a third colour is
 * near, and ids that are nowhere else; ids that nobody drew in exactly their colour, with their pixels; half-transparent pixels; the name of a colour
 * profile; where the drawing itself is among the ids; and what its numbers are. All counts are of pixels at the network's size.
 * @typedef {{ids: Uint16Array, unknown: import('./groups.js').Group[], transparentCount: number, strangeCount: number, foreignCount: number,
 *   strangeIds: Map<number, number>, blendCount: number, blendedIds: number[], undrawnIds: Map<number, number>, translucentCount: number,
 *   profile: string | null, content: import('./fit.js').Area, size: import('./fit.js').Size,
 *   isOtherShape: boolean, hasOtherPalette: boolean, isReordered: boolean, isBlackAndWhite: boolean}} Reading */

const shownUnknown = 12;

/** A picture in other colours than the classes', such as a photo. */
export class NoDrawing extends Error {}

/** @type {Answers} */
export const noAnswers = {by: null, colors: new Map(), transparent: null, fit: 'stretch'};

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
  const {places, content} = sampled(answers.fit, picture, network), {values} = picture;
  const meaning = values ? meaningOf(picture, values, colors, network) : 'noIds';
  const about = {
    content, size: {width: picture.width, height: picture.height}, isOtherShape: differs(picture, network),
    hasOtherPalette: meaning === 'otherColors', isReordered: meaning === 'colors', isBlackAndWhite: picture.isBlackAndWhite,
  };
  const isByIds = answers.by ? answers.by === 'ids' : meaning === 'ids' || meaning === 'otherColors';
  if (values && isByIds) {
    const ids = Uint16Array.from(places, (place) => idOf(values[place], network));
    const none = {unknown: [], transparentCount: 0, strangeCount: 0, foreignCount: 0, strangeIds: new Map(), blendCount: 0, blendedIds: []};
    return {ids, ...none, undrawnIds: new Map(), translucentCount: 0, profile: null, ...about};
  }
  return {...snapped(picture, places, new Snapper(picture, colors, answers.colors), answers.transparent ?? network.unknownId ?? 0), ...about};
}

/** @param {import('./png.js').Samples} picture @param {Uint32Array} places @param {Snapper} snapper @param {number} transparent */
function snapped(picture, places, snapper, transparent) {
  const strange = new ColorCounts(), unknown = new ColorCounts(), flat = new ColorCounts(), strangeIds = new Map(), blended = new Set();
  let transparentCount = 0, translucentCount = 0, strangeCount = 0, foreignCount = 0, blendCount = 0;
  const exact = new Set(), areas = new Map(), counts = new Map();
  const read = (/** @type {number} */ id) => {
    counts.set(id, (counts.get(id) ?? 0) + 1);
    return id;
  };
  const ids = Uint16Array.from(places, (place) => {
    if (picture.isTransparent(place)) {
      transparentCount += 1;
      return transparent;
    }
    if (picture.isTranslucent(place)) translucentCount += 1;
    const close = snapper.close(place), entry = snapper.settled(place);
    if (close && entry) {
      if (snapper.isOwnColor(place, entry)) exact.add(entry.id);
      if (snapper.isArea(place, entry)) areas.set(entry.id, (areas.get(entry.id) ?? 0) + 1);
      if (close !== entry) {
        blendCount += 1;
        blended.add(close.id);
      }
      return read(entry.id);
    }
    const color = picture.color(place), between = snapper.between(place), {id} = between?.entry ?? snapper.nearest(place);
    strangeCount += 1;
    strangeIds.set(id, (strangeIds.get(id) ?? 0) + 1);
    const isPassage = snapper.isPassage(place);
    if (snapper.isGrain(place) || (between?.isSide && isPassage)) return read(id);
    foreignCount += 1;
    strange.add(color);
    // The pixels of edges take a side without a question, those of areas do not.
    if (!between || !isPassage) {
      unknown.add(color);
      if (snapper.isFlat(place)) flat.add(color);
    }
    return read(id);
  });
  const isCommon = (/** @type {{count: number}} */ {count}) => count > ids.length / 400;
  // A photo's colours are rare ones, and those of its areas in the mean are no classes' either.
  const rareCount = strange.list.reduce((sum, entry) => sum + (isCommon(entry) ? 0 : entry.count), 0);
  if (2 * rareCount > ids.length) throw new NoDrawing("This picture is no map: most of its pixels are near no class's colour.");
  const taken = new Set(ids), blendedIds = [...blended].filter((id) => !taken.has(id)).sort((a, b) => a - b);
  // Rare colours are asked for where they make areas, such as a sky's gradient, and not between two areas, as a soft brush leaves them.
  const isArea = (/** @type {{color: number[], count: number}} */ {color, count}) => 2 * flat.countOf(color) > count;
  const asked = grouped(unknown.list.filter((entry) => isCommon(entry) || isArea(entry))).filter(isCommon).slice(0, shownUnknown);
  const told = new Set(asked.flatMap(({colors}) => colors.map((color) => snapper.nearestTo(color).id)));
  // Areas a little off are those of lossy compression and colour management.
  const isDrawn = (/** @type {number} */ id) => exact.has(id) || 4 * (areas.get(id) ?? 0) >= counts.get(id);
  const undrawnIds = new Map([...counts].filter(([id]) => !isDrawn(id) && !told.has(id)));
  return {
    ids, unknown: asked, transparentCount, translucentCount, strangeCount, foreignCount, strangeIds, blendCount, blendedIds, undrawnIds,
    profile: picture.profile,
  };
}

/** @param {number} value @param {Network} network */
function idOf(value, {classCount, unknownId}) {
  if (value === 255 && unknownId !== null) return unknownId;
  if (value < classCount) return value;
  throw new Error(`The map holds id ${value}, and this network has the ids 0 to ${classCount - 1}.`);
}

/** What gray levels or palette indices are. A palette's colours say what is meant, and not the indices, where all of them are classes' colours and
 * some another index's, or where most are close to classes' colours, and more of them to other indices' than to their own; or where the indices
 * are no ids. Otherwise they are ids, with a doubt where fewer than half of the pixels have their class's colour and the palette is neither
 * gray nor Pascal VOC's. @param {import('./png.js').Samples} picture @param {Uint16Array} values @param {number[][]} colors @param {Network} network
 * @returns {'ids' | 'colors' | 'otherColors' | 'noIds'} */
function meaningOf(picture, values, colors, {classCount, unknownId}) {
  if (!picture.palette) return 'ids';
  const counts = new Map(), places = new Map();
  values.forEach((value, place) => {
    if (picture.isTransparent(place)) return;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    places.set(value, place);
  });
  let isExact = true, isGray = true, isPascalVOC = true, total = 0, own = 0, other = 0;
  for (const [value, count] of counts) {
    const color = picture.color(places.get(value));
    total += count;
    isGray &&= color.every((level) => level === color[0]);
    isPascalVOC &&= isNear(colorOfPascalVOC(value), color, 0);
    if (isNear(colors[value], color)) own += count;
    else if (colors.some((each) => isNear(each, color))) other += count;
    else isExact = false;
    isExact &&= isNear(colors[value], color) ? isNear(colors[value], color, 0) : colors.some((each) => isNear(each, color, 0));
  }
  if (isExact ? other > 0 : 2 * (own + other) > total && other > own) return 'colors';
  if (![...counts.keys()].every((value) => value < classCount || (value === 255 && unknownId !== null))) return 'noIds';
  return 2 * own >= total || isGray || isPascalVOC ? 'ids' : 'otherColors';
}

/** @param {number[] | undefined} one @param {number[]} two @param {number} most levels between them */
const isNear = (one, two, most = tolerance) => one !== undefined && one.every((level, channel) => Math.abs(level - two[channel]) <= most);

/** Of an id in the palette of Pascal VOC, which many data sets have: its bits 0, 3 and 6 are red's highest, then green's and blue's follow.
 * @param {number} id */
function colorOfPascalVOC(id) {
  const color = [0, 0, 0];
  for (let bit = 0; bit < 8; bit++) color[bit % 3] |= ((id >> bit) & 1) << (7 - Math.floor(bit / 3));
  return color;
}
