// How a map of another shape than the network's becomes one of the network's: as --fit does it on the command line, pixel for pixel.

/** @typedef {{width: number, height: number}} Size */
/** A rectangle of pixels; as a window over a picture it may reach beyond it.
 * @typedef {{x: number, y: number, width: number, height: number}} Area */
/** Squeezed or drawn out; its middle; all of it, with its border pixels repeated. @typedef {'stretch' | 'crop' | 'pad'} Fit */

/** Whether two shapes differ by more than a fiftieth. @param {Size} map @param {Size} network */
export function differs(map, network) {
  const a = map.width * network.height, b = map.height * network.width;
  return Math.abs(a - b) * 50 > Math.max(a, b);
}

/** The part of a map that the network sees. @param {Fit} fit @param {Size} map @param {Size} network @returns {Area} */
function windowOf(fit, {width, height}, network) {
  if (fit === 'stretch') return {x: 0, y: 0, width, height};
  const isWide = width * network.height > height * network.width;
  if (isWide === (fit === 'crop')) {
    const part = Math.max(1, Math.floor((2 * height * network.width + network.height) / (2 * network.height)));
    return {x: Math.trunc((width - part) / 2), y: 0, width: part, height};
  }
  const part = Math.max(1, Math.floor((2 * width * network.height + network.width) / (2 * network.width)));
  return {x: 0, y: Math.trunc((height - part) / 2), width, height: part};
}

/** For each place along an axis the one in the map that it is taken from; the step between centres is added up, as Pillow does.
 * @param {number} count of the window @param {number} target of the network */
function sources(count, target) {
  const places = [], step = count / target;
  for (let index = 0, center = step * 0.5; index < target; index++, center += step) places.push(Math.min(Math.floor(center), count - 1));
  return places;
}

/** @param {Fit} fit @param {Size} map @param {Size} network
 * @returns {{places: Uint32Array, content: Area}} for each pixel of the network its place in the map, row by row; and where the map itself
 *   is in the network's picture */
export function sampled(fit, map, network) {
  const window = windowOf(fit, map, network);
  const columns = axis(sources(window.width, network.width), window.x, map.width);
  const rows = axis(sources(window.height, network.height), window.y, map.height);
  const places = new Uint32Array(network.width * network.height);
  rows.places.forEach((row, y) => columns.places.forEach((column, x) => (places[y * network.width + x] = row * map.width + column)));
  return {places, content: {x: columns.start, y: rows.start, width: columns.count, height: rows.count}};
}

/** @param {number[]} sources @param {number} offset @param {number} count of the map */
function axis(sources, offset, count) {
  const isInside = sources.map((source) => source + offset >= 0 && source + offset < count);
  return {
    places: sources.map((source) => Math.min(Math.max(source + offset, 0), count - 1)),
    start: Math.max(0, isInside.indexOf(true)), count: isInside.filter((is) => is).length,
  };
}

/** A shape in short, such as 16:9. @param {Size} size */
export function shapeName({width, height}) {
  let [a, b] = [width, height];
  while (b > 0) [a, b] = [b, a % b];
  return Math.max(width, height) / a <= 99 ? `${width / a}:${height / a}` : `${(width / height).toFixed(2)}:1`;
}
