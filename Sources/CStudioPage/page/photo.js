// Photos whose style is taken.
import {kindOf} from './formats.js';

const mostBytes = 8 << 20, longestSide = 1024;

/** A photo in a form that the server takes. @param {Blob} file @param {Uint8Array} head @param {string} name */
export async function fitting(file, head, name) {
  const type = head[0] === 0xff && head[1] === 0xd8 ? 'image/jpeg' : head[0] === 0x89 ? 'image/png' : '';
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    const kind = kindOf(head);
    const reason = kind ? `a ${kind} picture, which this browser cannot read` : 'no picture that can be read';
    throw new Error(`${name} is ${reason}; give a PNG or JPEG photo, or a saved style.`);
  }
  if (type && file.size <= mostBytes) return new Blob([file], {type});
  // What the server does not read, or finds too large, is made smaller here.
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(bitmap.width * scale)), Math.max(1, Math.round(bitmap.height * scale)));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({type: 'image/png'});
}
