// The server's API, as openapi.yaml describes it. Errors carry the server's sentence.

export const token = new URLSearchParams(location.search).get('token');

/** One of the server's answers that is not a success. `status` 0 stands for a server that is away. */
export class ApiError extends Error {
  /** @param {number} status @param {string} sentence */
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

/** @param {string} path @param {RequestInit} [options] */
async function call(path, options = {}) {
  const headers = new Headers(options.headers);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  let response;
  try {
    response = await fetch(path, {...options, headers, cache: 'no-store', credentials: 'omit'});
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'The server does not answer. Painting goes on here; the picture follows when it is back.');
  }
  if (response.ok) return response;
  let sentence = `The server answered with status ${response.status}.`;
  try {
    sentence = (await response.json()).error ?? sentence;
  } catch { /* an answer of the HTTP layer, without a sentence */ }
  throw new ApiError(response.status, sentence);
}

/** @typedef {{id: number, name: string, color: string | null}} ModelClass */
/** @typedef {{name: string, width: number, height: number, classes: ModelClass[], unknown_id: number | null, edges: boolean,
 *   style_length: number, encoder: boolean, keeps_pictures: boolean, arena_bytes: number, threads: number, kernels: string, version: string}} ModelFacts */

/** @returns {Promise<ModelFacts>} */
export const model = async () => (await call('api/v1/model')).json();

/** @returns {Promise<{name: string, url: string}[]>} */
export const layouts = async () => (await (await call('api/v1/layouts')).json()).layouts;

/** @returns {Promise<{name: string, style: string}[]>} */
export const styles = async () => (await (await call('api/v1/styles')).json()).styles;

/** @param {string} url */
export const bytes = async (url) => new Uint8Array(await (await call(url)).arrayBuffer());

/** The style of a photo. @param {Blob} photo @returns {Promise<string>} base64url of a saved style */
export async function encode(photo) {
  const response = await call('api/v1/styles', {method: 'POST', body: photo, headers: {'Content-Type': photo.type}});
  return base64url(new Uint8Array(await response.arrayBuffer()));
}

/** @param {Uint8Array} bytes */
export function base64url(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** A style as a request names it: a seed or a saved style.
 * @typedef {{seed: string} | {style: string}} StyleName */

/** @param {StyleName | null} style @param {StyleName | null} other @param {number} weight of the other, 0 … 1 */
function styleQuery(style, other, weight) {
  const query = new URLSearchParams();
  if (style) 'seed' in style ? query.set('seed', style.seed) : query.set('style', style.style);
  if (style && other && weight > 0) {
    'seed' in other ? query.set('blend_seed', other.seed) : query.set('blend', other.style);
    query.set('weight', weight.toFixed(4));
  }
  return query;
}

/** @typedef {{style: StyleName | null, other: StyleName | null, weight: number}} Mix */

/** A style or mixture as the content of a file, which the command line reads. @param {Mix} mix @returns {Promise<Blob>} */
export const savedStyle = async ({style, other, weight}) => (await call(`api/v1/style?${styleQuery(style, other, weight)}`)).blob();

/** Paints a map.
 * @param {BodyInit} body of LabelMap.bytes() @param {Mix} mix @param {'image/png' | 'application/octet-stream'} accept
 * @param {{page?: number, signal?: AbortSignal, isKept?: boolean, area?: import('./fit.js').Area}} [options] `page`: requests of the same page
 *   replace each other while they wait; `isKept`: the studio keeps the picture, a PNG; `area`: the part that comes back, all if not given
 * @returns {Promise<{bytes: ArrayBuffer, paintTime: number, waitTime: number, checksum: string}>} */
export async function paint(body, mix, accept, options = {}) {
  const query = styleQuery(mix.style, mix.other, mix.weight);
  if (options.isKept) query.set('keep', '1');
  if (options.area) query.set('area', [options.area.x, options.area.y, options.area.width, options.area.height].join());
  if (options.page) query.set('page', `${options.page}`);
  const response = await call(`api/v1/paint?${query}`, {
    method: 'POST', body, signal: options.signal, headers: {'Content-Type': 'application/octet-stream', Accept: accept},
  });
  const timing = response.headers.get('Server-Timing') ?? '';
  const time = (/** @type {string} */ name) => Number(new RegExp(`${name};dur=([0-9.]+)`).exec(timing)?.[1] ?? NaN);
  return {
    bytes: await response.arrayBuffer(), paintTime: time('paint'), waitTime: time('queue'),
    checksum: response.headers.get('X-Picture-Checksum') ?? '',
  };
}

/** Has the studio keep a part of a picture. @param {BodyInit} body @param {Mix} mix @param {import('./fit.js').Area} area */
export const keep = (body, mix, area) => paint(body, mix, 'image/png', {isKept: true, area});
