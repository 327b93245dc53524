// A film from one style to another, frame by frame in the page's memory.
import * as api from './api.js';
import {fromRGB} from './pixels.js';
import {zip} from './zip.js';

const framesPerSecond = 24;

/** @param {{body: BodyInit, width: number, height: number, area: import('./fit.js').Area, style: api.StyleName, other: api.StyleName,
 *   seconds: number, progress: (text: string) => void, isStopped: () => boolean}} film `area` is what of the pictures is kept; `seconds` is
 *   an even number of frames
 * @returns {Promise<{blob: Blob, extension: string} | null>} null where it was stopped */
export async function morph(film) {
  const frames = [], frameCount = framesPerSecond * film.seconds, turn = frameCount / 2;
  for (let index = 0; index <= turn; index++) {
    if (film.isStopped()) return null;
    film.progress(`Painting frame ${index + 1} of ${turn + 1}`);
    // There and back, gently at both ends.
    const weight = (1 - Math.cos((2 * Math.PI * index) / frameCount)) / 2;
    const {bytes} = await api.paint(film.body, {style: film.style, other: film.other, weight}, 'application/octet-stream');
    frames.push(fromRGB(new Uint8ClampedArray(bytes), film.width, film.height));
  }
  // The way back has the same pictures.
  for (let index = turn - 1; index > 0; index--) frames.push(frames[index]);
  const type = ['video/webm;codecs=vp9', 'video/webm'].find((each) => globalThis.MediaRecorder?.isTypeSupported(each));
  return type ? {blob: await record(frames, film, type), extension: 'webm'} : {blob: await pictures(frames, film), extension: 'zip'};
}

/** @param {ImageData[]} frames @param {{area: import('./fit.js').Area, progress: (text: string) => void}} film @param {string} type */
async function record(frames, film, type) {
  film.progress('Making the film');
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [film.area.width, film.area.height];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.putImageData(frames[0], -film.area.x, -film.area.y);
  const stream = canvas.captureStream(framesPerSecond);
  const recorder = new MediaRecorder(stream, {mimeType: type, videoBitsPerSecond: 8_000_000});
  /** @type {Blob[]} */
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  const stopped = new Promise((done) => (recorder.onstop = done));
  recorder.start();
  // Each frame has its time, whatever the one before took.
  const start = performance.now();
  for (const [index, frame] of frames.entries()) {
    context.putImageData(frame, -film.area.x, -film.area.y);
    await new Promise((next) => setTimeout(next, start + ((index + 1) * 1000) / framesPerSecond - performance.now()));
  }
  recorder.stop();
  await stopped;
  stream.getTracks().forEach((track) => track.stop());
  return new Blob(parts, {type: 'video/webm'});
}

/** @param {ImageData[]} frames @param {{area: import('./fit.js').Area}} film */
async function pictures(frames, film) {
  const canvas = new OffscreenCanvas(film.area.width, film.area.height);
  const files = [];
  for (const [index, frame] of frames.entries()) {
    canvas.getContext('2d')?.putImageData(frame, -film.area.x, -film.area.y);
    const blob = await canvas.convertToBlob({type: 'image/png'});
    files.push({name: `frame-${String(index + 1).padStart(3, '0')}.png`, bytes: new Uint8Array(await blob.arrayBuffer())});
  }
  return zip(files);
}
