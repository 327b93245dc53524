// Small pictures of the classes and of the styles, painted when nothing else is.
import * as api from './api.js';
import {LabelMap} from './map.js';
import {fromRGB} from './pixels.js';
import {thumbnailSide} from './stylelist.js';

/** @typedef {import('./live.js').Live} Live */

/** Of networks with more classes the others have their colours only. */
const sampledClasses = 32;

/** Paints each class alone, for its button.
 * @param {api.ModelFacts} facts @param {import('./palette.js').Palette} palette @param {LabelMap} map @param {Live} live */
export async function paintSamples(facts, palette, map, live) {
  for (const {id} of facts.classes.slice(0, sampledClasses)) {
    await live.settled();
    const only = new LabelMap(map.width, map.height, facts.edges);
    only.ids.fill(id);
    try {
      const {bytes} = await api.paint(only.bytes(), live.owner.mix(), 'image/png');
      const sample = new OffscreenCanvas(64, 64);
      const bitmap = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
      sample.getContext('2d')?.drawImage(bitmap, 0, 0, 64, 64);
      palette.setSample(id, URL.createObjectURL(await sample.convertToBlob()));
    } catch {
      return;
    }
  }
}

/** Paints the styles' thumbnails that were never painted, and keeps all up to date whenever the picture is.
 * @param {import('./styles.js').Styles} styles @param {Live} live @param {LabelMap} map
 * @param {() => Promise<void>} between is done after the first */
export async function thumbnails(styles, live, map, between) {
  /** The version of the map that a style's thumbnail shows. @type {Map<object, number>} */
  const painted = new Map();
  for (let style; (style = styles.all.find((each) => !each.thumbnail && !painted.has(each))); ) {
    await live.settled();
    painted.set(style, map.version);
    await paintThumbnail(style, styles, map);
  }
  await between();
  for (;;) {
    await live.settled();
    const frame = live.frameCount;
    const style = styles.all.find((each) => painted.get(each) !== map.version);
    await new Promise((next) => setTimeout(next, style?.thumbnail ? 700 : 100));
    // While a person paints, the picture comes first.
    if (!style || live.frameCount !== frame) continue;
    painted.set(style, map.version);
    await paintThumbnail(style, styles, map);
  }
}

/** Paints a style's thumbnail from the map of the moment.
 * @param {import('./mix.js').Style} style @param {import('./styles.js').Styles} styles @param {LabelMap} map */
async function paintThumbnail(style, styles, map) {
  try {
    const {bytes} = await api.paint(map.bytes(), {style: style.name, other: null, weight: 0}, 'application/octet-stream');
    const picture = new OffscreenCanvas(map.width, map.height), canvas = document.createElement('canvas');
    canvas.width = canvas.height = thumbnailSide;
    picture.getContext('2d')?.putImageData(fromRGB(new Uint8ClampedArray(bytes), map.width, map.height), 0, 0);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, thumbnailSide, thumbnailSide);
    styles.setThumbnail(style, canvas.toDataURL('image/jpeg', 0.85));
  } catch (error) {
    if (error instanceof api.ApiError && error.status === 400) styles.refused(style);
  }
}
