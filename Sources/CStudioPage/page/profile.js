// The colour profile (ICC) of a drawing, which is not applied: its name is said.

/** The name of a profile: that of its tag `desc`, of version 2 in ASCII, of version 4 the first of several in UTF-16; null for sRGB.
 * @param {Uint8Array} profile @returns {string | null} */
export function foreignName(profile) {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  const number = (/** @type {number} */ at) => (at >= 0 && at + 4 <= profile.length ? view.getUint32(at) : 0);
  const descriptionTag = 0x64657363, localizedType = 0x6d6c7563, header = 128;
  let name = '';
  for (let tag = 0; tag < Math.min(number(header), 100) && !name; tag++) {
    const entry = header + 4 + 12 * tag, at = number(entry + 4), isLocalized = number(at) === localizedType;
    if (number(entry) !== descriptionTag) continue;
    const start = isLocalized ? at + number(at + 24) : at + 12, count = Math.min(number(at + (isLocalized ? 20 : 8)), 128);
    name = Array.from(profile.subarray(start, start + count).filter((each) => each >= 0x20 && each <= 0x7e), (each) => String.fromCharCode(each))
      .slice(0, 64).join('');
  }
  return name.includes('sRGB') ? null : name || 'unnamed';
}
