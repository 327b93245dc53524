// Pictures enlarged and smoothed: as --scale does it on the command line, byte for byte.

/** The four inputs around an output position, by Catmull and Rom's bicubic weights: `start` of them, from the input that the position lies in, and
 * weights in whole numbers, which add to 16 scale³. @param {number} phase of the outputs in one input @param {number} scale */
function tapOf(phase, scale) {
  const d = 2 * scale, way = 2 * phase + 1 - scale;
  // How far the position is beyond the second input, in 1/d.
  const n = way < 0 ? way + d : way;
  const weights = [
    -n * n * n + 2 * n * n * d - n * d * d, 3 * n * n * n - 5 * n * n * d + 2 * d * d * d,
    -3 * n * n * n + 4 * n * n * d + n * d * d, n * n * n - n * n * d,
  ];
  return {start: way < 0 ? -2 : -1, weights};
}

/** For each output position along an axis its inputs, with border ones repeated, and their weights. @param {number} count @param {number} scale */
function taps(count, scale) {
  const phases = Array.from({length: scale}, (_, phase) => tapOf(phase, scale));
  return Array.from({length: count * scale}, (_, position) => {
    const {start, weights} = phases[position % scale], first = Math.floor(position / scale) + start;
    return {weights, inputs: weights.map((_, index) => Math.min(Math.max(first + index, 0), count - 1))};
  });
}

/** @param {ImageData} image without transparency @param {number} scale 2 or 4 */
export function enlarged({width, height, data}, scale) {
  const result = new ImageData(width * scale, height * scale), columns = taps(width, scale), whole = (16 * scale ** 3) ** 2;
  const line = new Float64Array(width * 4);
  let at = 0;
  for (const {inputs: rows, weights} of taps(height, scale)) {
    for (let index = 0; index < line.length; index++) {
      line[index] = rows.reduce((sum, row, part) => sum + weights[part] * data[row * line.length + index], 0);
    }
    for (const column of columns) {
      for (let channel = 0; channel < 4; channel++) {
        const sum = column.inputs.reduce((total, x, part) => total + column.weights[part] * line[4 * x + channel], 0);
        result.data[at++] = Math.floor((sum + whole / 2) / whole);
      }
    }
  }
  return result;
}
