// Between which classes a drawing has blends, so that gradients which another object cuts, and soft dabs, go on where one of their sides is not in
// sight: as the command line has it.

/** As many rows or columns of pixels are asked along the longer side. */
const voterCount = 128;
/** Further pairs are left out. */
const mostCount = 64;

/** The first is the one that comes first among the entries. @typedef {{first: import('./snapper.js').Entry, last: import('./snapper.js').Entry,
 *   votes: number}} Pair */

export class BlendPairs {
  /** What pixels with two steady sides say, of a grid of them. @param {import('./snapper.js').Snapper} snapper */
  constructor(snapper) {
    /** @type {Pair[]} */
    this.list = [];
    const {width, height} = snapper.picture, step = Math.ceil(snapper.longSide / voterCount), start = Math.floor(step / 2);
    for (let y = start; y < height; y += step) {
      for (let x = start; x < width; x += step) {
        const place = y * width + x, sides = snapper.isFixed(place) ? null : snapper.steadySides(place);
        if (sides) this.vote(sides.nearer, sides.other);
      }
    }
  }

  /** @param {import('./snapper.js').Entry} one @param {import('./snapper.js').Entry} other */
  vote(one, other) {
    const [first, last] = one.order < other.order ? [one, other] : [other, one];
    const pair = this.list.find((each) => each.first === first && each.last === last);
    if (pair) pair.votes += 1;
    else if (this.list.length < mostCount) this.list.push({first, last, votes: 1});
  }
}
