// JPEG drawings, as the browser decodes them.

/** @param {Uint8Array} bytes */
export const isJPEG = (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** Upright, and without a colour profile, as the server reads one. @param {Uint8Array} bytes @returns {Promise<import('./png.js').Samples>} */
export async function decode(bytes) {
  const file = new Blob([/** @type {BlobPart} */ (bytes)], {type: 'image/jpeg'});
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, {imageOrientation: 'from-image', colorSpaceConversion: 'none'});
  } catch {
    throw new Error('This JPEG cannot be read; copy or export it again.');
  }
  const {width, height} = bitmap;
  if (width * height > 1 << 24) throw new Error('This JPEG is too large; make it smaller.');
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext('2d'));
  context.drawImage(bitmap, 0, 0);
  const {data} = context.getImageData(0, 0, width, height);
  return {
    width, height, values: null, palette: null, color: (at) => Array.from(data.subarray(4 * at, 4 * at + 3)), isTransparent: () => false,
    isTranslucent: () => false, profile: null, isBlackAndWhite: false,
  };
}
