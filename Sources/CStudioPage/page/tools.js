// The tools, with their keys.

/** @typedef {'brush' | 'line' | 'rectangle' | 'ellipse' | 'bucket' | 'eyedropper' | 'pan'} Tool */

/** @type {{tool: Tool, name: string, key: string, sign: string}[]} */
export const tools = [
  {tool: 'brush', name: 'Brush', key: 'b', sign: '✎'}, {tool: 'line', name: 'Line', key: 'l', sign: '╱'},
  {tool: 'rectangle', name: 'Rectangle', key: 'r', sign: '▭'}, {tool: 'ellipse', name: 'Ellipse', key: 'e', sign: '◯'},
  {tool: 'bucket', name: 'Bucket', key: 'g', sign: '◪'}, {tool: 'eyedropper', name: 'Pick', key: 'i', sign: '⊙'},
  {tool: 'pan', name: 'Move', key: 'h', sign: '✥'},
];
