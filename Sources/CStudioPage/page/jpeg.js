// JPEG drawings, as the browser decodes them.
import {sizeFault} from './png.js';

/** @param {Uint8Array} bytes */
export const isJPEG = (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** How many colours a JPEG has: of the frame's header, behind two bytes of a marker (0xc0 to 0xcf but for tables), two of a length, a precision and
 * two of each side. @param {Uint8Array} bytes @returns {number} 0 where there is no frame */
function channelCount(bytes) {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const kind = bytes[at + 1];
    if (kind === 0xff) at += 1;
    else if (kind >= 0xc0 && kind <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(kind)) return bytes[at + 9];
    else at += 2 + bytes[at + 2] * 256 + bytes[at + 3];
  }
  return 0;
}

/** Upright, and without a colour profile, as the server reads one. @param {Uint8Array} bytes @returns {Promise<import('./png.js').Samples>} */
export async function decode(bytes) {
  const file = new Blob([/** @type {BlobPart} */ (bytes)], {type: 'image/jpeg'});
  // The server reads no CMYK.
  if (channelCount(bytes) > 3) throw new Error('This JPEG is of an unusual kind, such as CMYK; export it again, in RGB.');
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, {imageOrientation: 'from-image', colorSpaceConversion: 'none'});
  } catch {
    throw new Error('This JPEG cannot be read; copy or export it again.');
  }
  const {width, height} = bitmap;
  const fault = sizeFault(width, height);
  if (fault) throw new Error(`This JPEG cannot be read: ${fault}.`);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext('2d'));
  context.drawImage(bitmap, 0, 0);
  const {data} = context.getImageData(0, 0, width, height);
  return {
    width, height, values: null, palette: null, color: (at) => Array.from(data.subarray(4 * at, 4 * at + 3)), isTransparent: () => false,
    isTranslucent: () => false, profile: null, isBlackAndWhite: false,
  };
}
