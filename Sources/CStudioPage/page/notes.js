// What had to be guessed when a map was read, in sentences: as the command line says it, in pixels of the map.

/** @param {string[]} words */
const listed = (words) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`);
/** @param {number} count @param {number} whole */
const share = (count, whole) => (200 * count < whole ? 'under 1 %' : percent(count, whole));
/** @param {number} count @param {number} whole */
const percent = (count, whole) => `${Math.round((100 * count) / whole)} %`;

/** Whether a guess is of a thousandth of the pixels, as a person sees no smaller speck. @param {number} count @param {Uint16Array} ids */
const isWorthSaying = (count, ids) => count > 0 && 1000 * count >= ids.length;

/** @param {import('./drawing.js').Reading} reading @param {import('./api.js').ModelClass[]} classes @returns {string} empty where all was plain */
export function notesOf(reading, classes) {
  const name = (/** @type {number} */ id) => classes[id]?.name ?? `id ${id}`;
  return [
    reading.isBlackAndWhite && classes.length > 2 ? `It is black and white and was read as ids, 0 ${name(0)} and 1 ${name(1)}.` : '',
    reading.isReordered ? 'Its palette has the classes\' colours, but not in their order, so it was read by its colours.' : '',
    profileNote(reading), translucentNote(reading), strangeNote(reading, name), blendNote(reading, name), undrawnNote(reading, name),
  ].filter(Boolean).join(' ');
}

/** @param {import('./drawing.js').Reading} reading @param {(id: number) => string} name */
function strangeNote({ids, strangeCount, strangeIds}, name) {
  if (!isWorthSaying(strangeCount, ids)) return '';
  const [are, them] = strangeCount === 1 ? ['is', 'it'] : ['are', 'them'];
  const counts = `${strangeCount.toLocaleString('en')} of ${ids.length.toLocaleString('en')} pixels`;
  const sentence = `${counts} ${are} near no class's colour and took the nearest around ${them}`;
  if (strangeCount * 100 < ids.length) return `${sentence}.`;
  const order = [...strangeIds].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const shares = order.slice(0, 3).map(([id, count]) => ({what: name(id), count}));
  shares.push({what: 'others', count: order.slice(3).reduce((sum, [, count]) => sum + count, 0)});
  const shown = shares.filter(({count}) => 200 * count >= strangeCount).map(({what, count}) => `${what} ${percent(count, strangeCount)}`);
  return `${sentence}: ${listed(shown)}${strangeCount * 3 > ids.length ? `; that is ${percent(strangeCount, ids.length)} of the drawing` : ''}.`;
}

/** @param {import('./drawing.js').Reading} reading @param {(id: number) => string} name */
function blendNote({ids, blendCount, blendedIds}, name) {
  if (!isWorthSaying(blendCount, ids)) return '';
  const [pixels, have] = blendCount === 1 ? ['pixel', 'has'] : ['pixels', 'have'];
  const lost = blendedIds.map(name), only = lost.length > 0 ? ` (${listed(lost)} appear${lost.length === 1 ? 's' : ''} only in such edges)` : '';
  const counts = `${blendCount.toLocaleString('en')} ${pixels} of soft edges`;
  return `${counts} ${have} a colour near that of a class on neither side and took the nearer side${only}.`;
}

/** @param {import('./drawing.js').Reading} reading */
const profileNote = ({profile}) => (profile
  ? `It has the colour profile ${profile}, which is not applied: its colours are read as the file's own numbers; convert it to sRGB where classes come out wrong.`
  : '');

/** @param {import('./drawing.js').Reading} reading */
function translucentNote({ids, translucentCount}) {
  if (translucentCount === 0) return '';
  const [pixels, are, own] = translucentCount === 1 ? ['pixel', 'is', 'its own colour'] : ['pixels', 'are', 'their own colours'];
  return `${translucentCount.toLocaleString('en')} ${pixels}, ${share(translucentCount, ids.length)}, ${are} half-transparent and read by ${own}; `
    + 'flatten the layers before the export to have them read as they look.';
}

/** @param {import('./drawing.js').Reading} reading @param {(id: number) => string} name */
function undrawnNote({ids, undrawnIds}, name) {
  const order = [...undrawnIds].filter(([, count]) => isWorthSaying(count, ids)).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  if (order.length === 0) return '';
  const names = order.slice(0, 3).map(([id, count]) => `${name(id)}, ${share(count, ids.length)} of the map`);
  if (order.length > 3) names.push(`${order.length - 3} more classes`);
  const [these, they] = order.length === 1 ? ["this class's colour", 'it'] : ["these classes' colours", 'they'];
  return `${names.join('; ')}: no pixel has ${these} exactly, so ${they} may be what lies between others.`;
}
