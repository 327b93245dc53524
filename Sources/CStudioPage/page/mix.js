// A style, and a mixture of two: what they are called, and which of them a network can have.
import {seedOf} from './seed.js';

/** A style: `isOwn` where a person brought it, and `thumbnail` is a picture of it as a data address.
 * @typedef {{label: string, name: import('./api.js').StyleName, isOwn?: boolean, thumbnail?: string}} Style */
/** @typedef {{style: Style, other: Style | null, weight: number}} SavedMix */

/** Of a saved style beside its values. */
const styleFileBytes = 24;

/** What a mixture is called. @param {SavedMix} mix */
export function mixName({style, other, weight}) {
  const share = Math.round(100 * weight);
  if (!other || share === 0) return style.label;
  return share === 100 ? other.label : `${style.label} ${100 - share} % + ${other.label} ${share} %`;
}

export const isSame = (/** @type {unknown} */ one, /** @type {unknown} */ other) => JSON.stringify(one) === JSON.stringify(other);

/** A style that was kept, as a network can have it; null where it cannot, as when the model is another one by now.
 * @param {Style} style @param {number} styleLength of the network @returns {Style | null} */
export function possible({label, name}, styleLength) {
  const seed = 'seed' in name ? seedOf(name.seed) : null;
  if (seed !== null) return {label: `seed ${seed}`, name: {seed}};
  const length = Math.ceil(((styleFileBytes + 4 * styleLength) * 4) / 3);
  return 'style' in name && name.style.length === length ? {label, name: {style: name.style}} : null;
}
