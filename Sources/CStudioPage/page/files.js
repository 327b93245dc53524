// Maps and pictures as files, and what they are called.
import {encodeIds} from './png.js';

/** @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name that says what is in the file and when it was made, such as `river-night-2026-01-31.png`.
 * @param {string[]} parts @param {string} extension */
export function fileName(parts, extension) {
  const now = new Date(), two = (/** @type {number} */ value) => `${value}`.padStart(2, '0');
  return `${[...parts.map(plain), `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`].filter(Boolean).join('-')}.${extension}`;
}

/** Letters and digits of a text, with hyphens between them. @param {string} text */
export const plain = (text) => text.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '').slice(0, 60);

/** What a drawing is called by its file's name: without its ending, and without what `fileName` added.
 * @param {string} name */
export const stem = (name) => name.replace(/\.[^.]*$/, '').replace(/ \(\d+\)$/, '').replace(/-map-\d{4}-\d\d-\d\d$/, '');

/** @param {import('./map.js').LabelMap} map @param {number[][]} colors */
export async function saveMap(map, colors) {
  download(await encodeIds(map.width, map.height, map.ids, colors), fileName([map.about.name, 'map'], 'png'));
  if (map.objects) download(await encodeIds(map.width, map.height, map.objects, []), fileName([map.about.name, 'instances'], 'png'));
}

/** A part of the picture, enlarged and smoothed. @param {HTMLCanvasElement} picture @param {number} scale
 * @param {import('./fit.js').Area} area @returns {Promise<Blob>} */
export async function part(picture, scale, {x, y, width, height}) {
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, x, y, width, height, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({type: 'image/png'});
}
