// A ZIP file of files that are compressed already: stored as they are.
import {crc32} from './png.js';

/** @param {{name: string, bytes: Uint8Array}[]} files @returns {Blob} */
export function zip(files) {
  /** @type {Uint8Array[]} */
  const parts = [], directory = [];
  let offset = 0;
  for (const {name, bytes} of files) {
    const text = new TextEncoder().encode(name), crc = crc32(bytes);
    const local = words([[4, 0x04034b50], [2, 20], [2, 0x800], [2, 0], [4, 0x210000], [4, crc], [4, bytes.length], [4, bytes.length], [2, text.length], [2, 0]]);
    directory.push(
      words([[4, 0x02014b50], [2, 20], [2, 20], [2, 0x800], [2, 0], [4, 0x210000], [4, crc], [4, bytes.length], [4, bytes.length], [2, text.length],
        [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), text);
    parts.push(local, text, bytes);
    offset += local.length + text.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = words([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]]);
  return new Blob(/** @type {BlobPart[]} */ ([...parts, ...directory, end]), {type: 'application/zip'});
}

/** Numbers of 2 or 4 bytes, low byte first. @param {number[][]} fields */
function words(fields) {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    size === 2 ? view.setUint16(at, value, true) : view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}
