// Maps and pictures as files, and what they are called.
import {enlarged} from './enlarge.js';
import {differs} from './fit.js';
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

/** Saves a part of the map, which has the drawing's shape, so that it opens as the same map again; all of it where the shape is the map's.
 * @param {import('./map.js').LabelMap} map @param {number[][]} colors @param {import('./fit.js').Area} area */
export async function saveMap(map, colors, area) {
  const {x, y, width, height} = differs(area, map) ? area : {x: 0, y: 0, ...map};
  const save = async (/** @type {Uint16Array} */ plane, /** @type {number[][]} */ palette, /** @type {string} */ kind) => {
    const ids = map.cut(plane, {x0: x, y0: y, x1: x + width, y1: y + height});
    download(await encodeIds(width, height, ids, palette), fileName([map.about.name, kind], 'png'));
  };
  await save(map.ids, colors, 'map');
  if (map.objects) await save(map.objects, [], 'instances');
}

/** A part of the picture, enlarged and smoothed. @param {HTMLCanvasElement} picture @param {number} scale
 * @param {import('./fit.js').Area} area @returns {Promise<Blob>} */
export async function part(picture, scale, {x, y, width, height}) {
  const canvas = new OffscreenCanvas(width * scale, height * scale);
  const pixels = /** @type {CanvasRenderingContext2D} */ (picture.getContext('2d')).getImageData(x, y, width, height);
  canvas.getContext('2d')?.putImageData(scale === 1 ? pixels : enlarged(pixels, scale), 0, 0);
  return canvas.convertToBlob({type: 'image/png'});
}
