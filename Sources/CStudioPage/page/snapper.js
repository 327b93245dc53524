// Which colours of a drawing stand for which ids, and what the pixels between two areas are: as the command line has it, but only for
// the pixels that a network of the size of the map sees.
import {BlendPairs} from './pairs.js';
import {Slopes, isGradual, placeBetween} from './gradients.js';

/** A colour that stands for an id; `order` is its place among the others. @typedef {{id: number, color: number[], order: number}} Entry */

/** Colours within this many levels of an entry's are the entry's. */
export const tolerance = 8;
/** A pixel that may be of a soft edge; the own colour of an entry without a neighbour of that colour; one that was drawn. */
const none = 1, exact = 2, steady = 3;
const directions = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1], [-1, -1], [1, -1], [-1, 1]];

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

/** Whether a blend of two colours is nearer the last of them; null for a colour that is more than 16 levels away from every blend.
 * @param {number[]} color @param {number[]} first @param {number[]} last */
function isNearerLast(color, first, last) {
  const found = placeBetween(color, first, last);
  return found ? 2 * found.dot >= found.length : null;
}

/** The places between which a colour lies. @typedef {{nearer: Entry, other: Entry}} Sides */

/** Whether a colour is an entry's own, within a level. @param {Entry} entry @param {number[]} color */
const isOwn = (entry, color) => entry.color.every((level, channel) => Math.abs(level - color[channel]) <= 1);

export class Snapper {
  /** @param {import('./png.js').Samples} picture @param {number[][]} colors of the ids @param {Map<string, number>} named ids of other colours */
  constructor(picture, colors, named) {
    this.picture = picture;
    this.longSide = Math.max(picture.width, picture.height);
    /** As far as a soft edge's side is taken without a look at the pixels on the way to it. */
    this.reach = Math.max(16, Math.floor(this.longSide / 16));
    this.slopes = new Slopes(picture, this.reach, (color) => {
      const entry = this.near(color);
      return entry !== null && isOwn(entry, color);
    });
    /** No colour twice. @type {Map<string, Entry>} */
    this.entries = new Map();
    const add = (/** @type {number[]} */ color, /** @type {number} */ id) => {
      if (!this.entries.has(color.join())) this.entries.set(color.join(), {id, color, order: this.entries.size});
    };
    colors.forEach(add);
    named.forEach((id, key) => add(key.split(',').map(Number), id));
    /** By colour. @type {Map<number, Entry | null>} */
    this.known = new Map();
    /** Of each pixel, 0 where nobody asked. */
    this.anchors = new Uint8Array(picture.width * picture.height);
    this.pairs = /** @type {BlendPairs | null} */ (null);
  }

  /** A pixel's colour as one number. @param {number} place */
  key(place) {
    const color = this.picture.color(place);
    return (color[0] << 16) | (color[1] << 8) | color[2];
  }

  /** The entry whose colour a pixel has, but for a few levels; null where there is none. @param {number} place @returns {Entry | null} */
  close(place) { return this.picture.isTransparent(place) ? null : this.near(this.picture.color(place)); }

  /** The entry that a colour is near, but for a few levels; null where there is none. @param {number[]} color @returns {Entry | null} */
  near(color) {
    const key = (color[0] << 16) | (color[1] << 8) | color[2];
    let entry = this.known.get(key);
    if (entry === undefined) {
      entry = best(this.entries.values(), color);
      if (entry.color.some((level, channel) => Math.abs(level - color[channel]) > tolerance)) entry = null;
      this.known.set(key, entry);
    }
    return entry;
  }

  /** As `close`, but a pixel of a soft edge has the nearer of its sides, also where its colour passes a third one's. @param {number} place */
  settled(place) {
    const entry = this.close(place);
    if (!entry || this.anchor(place) === steady) return entry;
    return this.steadySides(place)?.nearer ?? this.sideOfPair(place) ?? entry;
  }

  /** Whether a pixel needs no sides, as it is steady or transparent. @param {number} place */
  isFixed(place) { return this.picture.isTransparent(place) || this.anchor(place) === steady; }

  /** The steady sides of a pixel that is not steady itself. @param {number} place */
  steadySides(place) {
    // A line of a single pixel in a class's own colour, with hard edges, was drawn.
    return this.sides(place, steady, this.anchor(place) === exact ? 2 : 1);
  }

  /** For a pixel that no entry is close to: the nearest of those of the pixels within two of it, or else the nearer side of its soft edge.
   * @param {number} place @returns {{entry: Entry, isSide: boolean} | null} null where there is neither */
  between(place) {
    const {width, height} = this.picture, x = place % width, y = (place - x) / width;
    /** @type {Set<Entry>} */
    const found = new Set();
    for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++) {
      for (let column = Math.max(0, x - 2); column <= Math.min(width - 1, x + 2); column++) {
        const entry = this.settled(row * width + column);
        if (entry) found.add(entry);
      }
    }
    if (found.size > 0) return {entry: best(found, this.picture.color(place)), isSide: false};
    const entry = (this.steadySides(place) ?? this.sides(place, exact, 1))?.nearer ?? this.sideOfPair(place);
    return entry && {entry, isSide: true};
  }

  /** Whether an entry is near the mean of the 5 × 5 pixels around one, as it is to that of an area with grain.
   * @param {number} place not transparent */
  isGrain(place) {
    const {width, height} = this.picture, x = place % width, y = (place - x) / width, sums = [0, 0, 0];
    let count = 0;
    for (let row = Math.max(0, y - 2); row <= Math.min(height - 1, y + 2); row++) {
      for (let column = Math.max(0, x - 2); column <= Math.min(width - 1, x + 2); column++) {
        const at = row * width + column;
        if (this.picture.isTransparent(at)) continue;
        this.picture.color(at).forEach((level, channel) => (sums[channel] += level));
        count += 1;
      }
    }
    return this.near(sums.map((sum) => Math.floor((2 * sum + count) / (2 * count)))) !== null;
  }

  /** @param {number} place */
  nearest(place) { return this.nearestTo(this.picture.color(place)); }

  /** @param {number[]} color */
  nearestTo(color) { return best(this.entries.values(), color); }

  /** In which of the directions right, left, down and up a pixel's neighbour has its colour; the drawing's border goes on. @param {number} place */
  sameAround(place) {
    const {width, height} = this.picture, x = place % width, y = (place - x) / width, key = this.key(place);
    return directions.slice(0, 4).map(([dx, dy]) => {
      const column = Math.min(Math.max(x + dx, 0), width - 1), row = Math.min(Math.max(y + dy, 0), height - 1);
      return this.key(row * width + column) === key;
    });
  }

  /** Whether the colours four pixels away are nearly the same, as in an area or a slow gradient, and not on the slope of a soft edge.
   * @param {number} place */
  isFlat(place) {
    const {width, height} = this.picture, x = place % width, y = (place - x) / width, color = this.picture.color(place);
    return directions.slice(0, 4).every(([dx, dy]) => {
      const column = Math.min(Math.max(x + 4 * dx, 0), width - 1), row = Math.min(Math.max(y + 4 * dy, 0), height - 1);
      return this.picture.color(row * width + column).every((level, channel) => Math.abs(level - color[channel]) <= tolerance);
    });
  }

  /** @param {number} place */
  anchor(place) { return (this.anchors[place] ||= this.anchorOf(place)); }

  /** Whether nobody can have meant an area by a pixel: a neighbour has another colour, or it is a step of a gradient. @param {number} place */
  isPassage(place) { return !this.sameAround(place).every((is) => is) || this.slopes.has(place); }

  /** Whether a pixel has exactly the colour of the entry that it took. @param {number} place @param {Entry} entry */
  isOwnColor(place, entry) { return entry.color.join() === this.picture.color(place).join(); }

  /** Whether a pixel is of an area near the colour of the entry that it took. @param {number} place @param {Entry} entry */
  isArea(place, entry) { return this.close(place) === entry && this.anchor(place) === steady; }

  /** @param {number} place */
  anchorOf(place) {
    const entry = this.close(place);
    if (!entry) return none;
    const color = this.picture.color(place), [right, left, down, up] = this.sameAround(place);
    const isExact = isOwn(entry, color);
    const isDrawn = isExact ? ((left || right) && (up || down)) || this.isHardAround(place) : left && right && up && down;
    if (isDrawn && !this.slopes.has(place)) return steady;
    return isExact ? exact : none;
  }

  /** Whether each of the eight pixels around one has its entry's own colour: no soft edge passes there. @param {number} place */
  isHardAround(place) {
    const {width, height} = this.picture, x = place % width, y = (place - x) / width;
    for (let row = Math.max(y - 1, 0); row <= Math.min(y + 1, height - 1); row++) {
      for (let column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
        const at = row * width + column, entry = this.close(at);
        if (!entry || !isOwn(entry, this.picture.color(at))) return false;
      }
    }
    return true;
  }

  /** The sides of a pixel of a soft edge between two entries, the closest; null where no two fit.
   * @param {number} place @param {number} least what the sides are at least @param {number} leastDistance of one of them @returns {Sides | null} */
  sides(place, least, leastDistance) {
    const color = this.picture.color(place), sides = directions.map(([dx, dy]) => this.look(place, dx, dy, least));
    let result = /** @type {Sides | null} */ (null), shortest = Infinity;
    sides.forEach((one, index) => {
      for (const other of sides.slice(index + 1)) {
        if (!one || !other || one.entry === other.entry || one.distance + other.distance >= shortest) continue;
        if (one.distance < leastDistance && other.distance < leastDistance) continue;
        const isLast = isNearerLast(color, one.entry.color, other.entry.color);
        if (isLast === null) continue;
        result = isLast ? {nearer: other.entry, other: one.entry} : {nearer: one.entry, other: other.entry};
        shortest = one.distance + other.distance;
      }
    });
    return result;
  }

  /** For a pixel without two sides, as one of a gradient that an object cuts: the nearer of a pair of entries that the drawing has blends of
   * elsewhere, and to one of which colours lead gradually; of several pairs that with the most votes. On a slope between objects, where neither is
   * in sight, of all pairs. @param {number} place */
  sideOfPair(place) {
    this.pairs ??= new BlendPairs(this);
    if (this.pairs.list.length === 0) return null;
    const color = this.picture.color(place), seen = new Set(directions.map(([dx, dy]) => this.look(place, dx, dy, steady, true)?.entry));
    const found = {seen: /** @type {Entry | null} */ (null), unseen: /** @type {Entry | null} */ (null)}, most = {seen: 0, unseen: 0};
    for (const {first, last, votes} of this.pairs.list) {
      const which = seen.has(first) || seen.has(last) ? 'seen' : 'unseen';
      const isLast = votes > most[which] ? isNearerLast(color, first.color, last.color) : null;
      if (isLast !== null) [found[which], most[which]] = [isLast ? last : first, votes];
    }
    return found.seen ?? (found.unseen && this.slopes.has(place) ? found.unseen : null);
  }

  /** The first anchor of a kind in a direction; the farther out the fewer pixels are looked at. To one beyond the reach colours go gradually.
   * @param {number} place @param {number} dx @param {number} dy @param {number} least @param {boolean} gradual whether also within it */
  look(place, dx, dy, least, gradual = false) {
    const {width, height} = this.picture, left = place % width, top = (place - left) / width;
    const room = (/** @type {number} */ step, /** @type {number} */ at, /** @type {number} */ count) => [at, Infinity, count - 1 - at][step + 1];
    const limit = Math.min(room(dx, left, width), room(dy, top, height), least === steady ? this.longSide : this.reach);
    for (let distance = 1; limit > 0; distance = Math.min(distance + (distance < 4 ? 1 : distance >> 2), limit)) {
      const stride = dy * width + dx, at = place + distance * stride, anchor = this.anchor(at), entry = this.close(at);
      if (entry && (anchor === steady || (least === exact && anchor === exact && this.settled(at) === entry))) {
        return (!gradual && distance <= this.reach) || isGradual(this.picture, place, stride, distance) ? {entry, distance} : null;
      }
      if (distance >= limit) return null;
    }
    return null;
  }
}
