// Kinds of files, told by how they begin.

/** @param {Uint8Array} bytes @param {string} text @param {number} [offset] */
const has = (bytes, text, offset = 0) => [...text].every((letter, index) => bytes[offset + index] === letter.charCodeAt(0));

/** The kind of a picture file that the server does not read. @param {Uint8Array} bytes @returns {string | null} null for any other file */
export function kindOf(bytes) {
  if (has(bytes, 'RIFF') && has(bytes, 'WEBP', 8)) return 'WebP';
  if (has(bytes, 'GIF8')) return 'GIF';
  if (has(bytes, 'ftyp', 4)) {
    if (['avif', 'avis'].some((brand) => has(bytes, brand, 8))) return 'AVIF';
    if (['hei', 'hev', 'mif1', 'msf1'].some((brand) => has(bytes, brand, 8))) return 'HEIC';
  }
  if (has(bytes, 'BM') && bytes.length >= 14 && bytes.subarray(6, 10).every((byte) => byte === 0)) return 'BMP';
  if (has(bytes, 'II*\0') || has(bytes, 'MM\0*')) return 'TIFF';
  if ((bytes[0] === 0xff && bytes[1] === 0x0a) || has(bytes, 'JXL ', 4)) return 'JPEG XL';
  if (has(bytes, '<svg') || has(bytes, '<?xml')) return 'SVG';
  if (has(bytes, '8BPS')) return 'Photoshop';
  if (has(bytes, 'gimp xcf')) return 'GIMP';
  return null;
}

/** Whether the bytes are those of a saved style, good or damaged. @param {Uint8Array} bytes */
export const isStyle = (bytes) => has(bytes, '\x89STYLE');
