// Colours that are no class's, counted, and put together with those near them: so that a sky with a gradient is one question and not twelve.
import {tolerance} from './snapper.js';

/** Colours that look alike: the commonest of them, the pixels of all, and so many of them that every other is close to one.
 * @typedef {{color: number[], count: number, colors: number[][]}} Group */

/** Levels between the colours of a group and its commonest. */
const likeness = 32;

/** @param {number[]} color */
const keyOf = (color) => (color[0] << 16) | (color[1] << 8) | color[2];

export class ColorCounts {
  constructor() {
    /** @type {Map<number, {color: number[], count: number}>} */
    this.entries = new Map();
  }

  /** @param {number[]} color */
  add(color) {
    const entry = this.entries.get(keyOf(color));
    if (entry) entry.count += 1;
    else this.entries.set(keyOf(color), {color, count: 1});
  }

  /** @param {number[]} color */
  countOf(color) { return this.entries.get(keyOf(color))?.count ?? 0; }

  get list() { return [...this.entries.values()]; }
}

/** @param {number[]} one @param {number[]} two @param {number} most levels between them */
const isAlike = (one, two, most) => one.every((level, channel) => Math.abs(level - two[channel]) <= most);

/** The commonest colour takes those like it, then the commonest of the rest, and so on. @param {{color: number[], count: number}[]} counts
 * @returns {Group[]} the largest first */
export function grouped(counts) {
  /** @type {Group[]} */
  const groups = [];
  for (const {color, count} of [...counts].sort((a, b) => b.count - a.count)) {
    const group = groups.find((each) => isAlike(each.color, color, likeness));
    if (!group) {
      groups.push({color, count, colors: [color]});
      continue;
    }
    group.count += count;
    if (!group.colors.some((each) => isAlike(each, color, tolerance))) group.colors.push(color);
  }
  return groups.sort((a, b) => b.count - a.count);
}
