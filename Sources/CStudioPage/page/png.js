// PNG files of label maps: written with a palette, read in every form without interlace.
import {foreignName} from './profile.js';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const crcTable = Uint32Array.from({length: 256}, (_, value) => {
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @param {Uint8Array} bytes */
export const isPNG = (bytes) => signature.every((byte, index) => bytes[index] === byte);

/** @param {Uint8Array} bytes */
export function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** @param {Uint8Array} bytes @param {TransformStream} through */
async function pipe(bytes, through) {
  return new Uint8Array(await new Response(new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(through)).arrayBuffer());
}

/** @param {string} type @param {Uint8Array} content */
function chunk(type, content) {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let index = 0; index < 4; index++) bytes[4 + index] = type.charCodeAt(index);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

/** A PNG of ids: with the palette up to 256 classes, else gray of 16 bits.
 * @param {number} width @param {number} height @param {Uint16Array} ids @param {number[][]} colors of the ids from 0 on
 * @returns {Promise<Blob>} */
export async function encodeIds(width, height, ids, colors) {
  const isWide = ids.some((id) => id > 255);
  const stride = isWide ? 2 * width : width;
  const rows = new Uint8Array(height * (stride + 1));
  for (let at = 0; at < ids.length; at++) {
    const x = at % width, target = ((at - x) / width) * (stride + 1) + 1;
    if (isWide) {
      rows[target + 2 * x] = ids[at] >> 8;
      rows[target + 2 * x + 1] = ids[at] & 0xff;
    } else {
      rows[target + x] = ids[at];
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set(isWide ? [16, 0, 0, 0, 0] : [8, 3, 0, 0, 0], 8);
  const parts = [Uint8Array.from(signature), chunk('IHDR', header)];
  if (!isWide) {
    const palette = Array.from({length: 256}, (_, id) => colors[id] ?? [id, id, id]);
    parts.push(chunk('PLTE', Uint8Array.from(palette.flat())));
  }
  parts.push(chunk('IDAT', await pipe(rows, new CompressionStream('deflate'))), chunk('IEND', new Uint8Array()));
  return new Blob(/** @type {BlobPart[]} */ (parts), {type: 'image/png'});
}

/** The samples of a PNG. `values` are palette indices or gray levels, or null where the picture has colours or transparency beside
 * its gray; `color` gives a pixel's red, green and blue, and `isTransparent` says whether it shows nothing of them, `isTranslucent` whether it
 * shows something of what is below, too. `profile` names a colour profile other than sRGB.
 * @typedef {{width: number, height: number, values: Uint16Array | null, palette: Uint8Array | null, color: (at: number) => number[],
 *   isTransparent: (at: number) => boolean, isTranslucent: (at: number) => boolean, profile: string | null, isBlackAndWhite: boolean}} Samples */

/** What is wrong with a drawing's size: null if nothing is. Browsers have no larger canvases. @param {number} width @param {number} height */
export const sizeFault = (width, height) => (width * height > 1 << 24
  ? `it has ${width} × ${height} pixels, and this page opens as many as 4096 × 4096 have; make it smaller` : null);

/** @param {Uint8Array} bytes @returns {Promise<Samples>} */
export async function decode(bytes) {
  const wrong = (/** @type {string} */ why) => new Error(`This PNG cannot be read: ${why}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let width = 0, height = 0, depth = 0, type = 0, palette = null, clear = null, profile = null, at = 8;
  const data = [];
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at), name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) throw wrong('it ends too early');
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') {
      [width, height, depth, type] = [view.getUint32(at + 8), view.getUint32(at + 12), content[8], content[9]];
      if (content[12] !== 0) throw wrong('it is interlaced; save it without interlace');
      if (width === 0 || height === 0) throw wrong('it has no pixels');
      const fault = sizeFault(width, height);
      if (fault) throw wrong(fault);
    } else if (name === 'PLTE') {
      palette = content.slice();
    } else if (name === 'tRNS') {
      clear = content.slice();
    } else if (name === 'iCCP') {
      // A name, a zero and the number of the compression stand before it.
      profile = await pipe(content.slice(content.indexOf(0) + 2), new DecompressionStream('deflate')).then(foreignName, () => null);
    } else if (name === 'IDAT') {
      data.push(content);
    } else if (name === 'IEND') {
      break;
    }
    at += 12 + length;
  }
  const channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[type];
  if (!channels || ![1, 2, 4, 8, 16].includes(depth)) throw wrong('its kind is not known');
  const packed = await pipe(new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (data)).arrayBuffer()), new DecompressionStream('deflate'));
  const stride = Math.ceil((width * channels * depth) / 8);
  if (packed.length < height * (stride + 1)) throw wrong('it ends too early');
  const rows = unfilter(packed, height, stride, Math.max(1, (channels * depth) >> 3));
  const sample = (/** @type {number} */ pixel, /** @type {number} */ channel) => {
    const x = pixel % width, y = (pixel - x) / width, index = x * channels + channel;
    if (depth === 8) return rows[y * stride + index];
    if (depth === 16) return (rows[y * stride + 2 * index] << 8) | rows[y * stride + 2 * index + 1];
    const bit = index * depth;
    return (rows[y * stride + (bit >> 3)] >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  };
  const shift = depth === 16 ? 8 : 0;
  const isPlain = channels < 3, alpha = opacity(type, clear, sample, shift);
  return {
    width, height, palette, profile, isBlackAndWhite: type === 0 && depth === 1,
    isTransparent: (pixel) => alpha(pixel) === 0, isTranslucent: (pixel) => alpha(pixel) > 0 && alpha(pixel) < 255,
    values: channels === 1 ? Uint16Array.from({length: width * height}, (_, pixel) => sample(pixel, 0)) : null,
    color: (pixel) => {
      if (type === 3) return Array.from((palette ?? new Uint8Array()).subarray(3 * sample(pixel, 0), 3 * sample(pixel, 0) + 3));
      return isPlain ? [0, 0, 0].fill(sample(pixel, 0) >> shift) : [0, 1, 2].map((channel) => sample(pixel, channel) >> shift);
    },
  };
}

/** How opaque a pixel is, 0 to 255: by its alpha, by its palette entry's, or by the one colour that a file may name for nothing.
 * @param {number} type @param {Uint8Array | null} clear the file's transparency chunk @param {(pixel: number, channel: number) => number} sample
 * @param {number} shift of samples to 8 bits @returns {(pixel: number) => number} */
function opacity(type, clear, sample, shift) {
  if (type === 4 || type === 6) return (pixel) => sample(pixel, type === 4 ? 1 : 3) >> shift;
  if (!clear) return () => 255;
  if (type === 3) return (pixel) => clear[sample(pixel, 0)] ?? 255;
  const levels = Array.from({length: clear.length >> 1}, (_, channel) => (clear[2 * channel] << 8) | clear[2 * channel + 1]);
  return (pixel) => (levels.length > 0 && levels.every((level, channel) => sample(pixel, channel) === level) ? 0 : 255);
}

/** @param {Uint8Array} packed @param {number} height @param {number} stride @param {number} step bytes of a pixel */
function unfilter(packed, height, stride, step) {
  const rows = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = packed[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const left = x >= step ? rows[y * stride + x - step] : 0;
      const up = y > 0 ? rows[(y - 1) * stride + x] : 0;
      const corner = x >= step && y > 0 ? rows[(y - 1) * stride + x - step] : 0;
      let guess = 0;
      if (filter === 1) guess = left;
      else if (filter === 2) guess = up;
      else if (filter === 3) guess = (left + up) >> 1;
      else if (filter === 4) {
        const p = left + up - corner, a = Math.abs(p - left), b = Math.abs(p - up), c = Math.abs(p - corner);
        guess = a <= b && a <= c ? left : b <= c ? up : corner;
      }
      rows[y * stride + x] = packed[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return rows;
}
