// Shows the map on a canvas: zoom, pan, grid, borders between objects, and the brush.

/** @typedef {import('./map.js').LabelMap} LabelMap */
/** @typedef {import('./shapes.js').Point} Point */

const mostZoom = 40, gridZoom = 9;

/** Darkens what is not kept. @param {CanvasRenderingContext2D} context @param {import('./fit.js').Area} kept @param {import('./fit.js').Size} size */
export function shadeAround(context, kept, size) {
  context.fillStyle = 'rgb(0 0 0 / 0.55)';
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.rect(kept.x, kept.y, kept.width, kept.height);
  context.fill('evenodd');
}

export class View {
  /** @param {HTMLCanvasElement} canvas @param {LabelMap} map @param {number[][]} colors of the ids */
  constructor(canvas, map, colors) {
    this.canvas = canvas;
    this.map = map;
    this.context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    this.sheet = new OffscreenCanvas(map.width, map.height);
    this.sheetContext = /** @type {OffscreenCanvasRenderingContext2D} */ (this.sheet.getContext('2d'));
    this.pixels = new ImageData(map.width, map.height);
    /** The colours as the pixels of an ImageData hold them. */
    this.words = Uint32Array.from(colors, ([red, green, blue]) => ((0xff << 24) | (blue << 16) | (green << 8) | red) >>> 0);
    /** Screen pixels of a map pixel; 1 when the whole map fits. */
    this.zoom = 1;
    /** Map point in the middle of the canvas. */
    this.middle = {x: map.width / 2, y: map.height / 2};
    this.opacity = 1;
    /** What lies under a map that is not opaque. @type {HTMLCanvasElement | null} */
    this.under = null;
    /** What is kept of the picture; the rest of the map is in shade. @type {import('./fit.js').Area | null} */
    this.kept = null;
    /** @type {{point: Point, size: number, shape: 'round' | 'square'} | null} */
    this.cursor = null;
    this.isStale = true;
    this.isScheduled = false;
    new ResizeObserver(() => this.resize()).observe(canvas);
    this.resize();
  }

  resize() {
    const ratio = devicePixelRatio || 1;
    this.canvas.width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    this.canvas.height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    this.schedule();
  }

  /** Canvas pixels of a map pixel. */
  get scale() { return this.zoom * Math.min(this.canvas.width / this.map.width, this.canvas.height / this.map.height); }

  /** The map point at a place of the page. @param {{clientX: number, clientY: number}} place @returns {Point} */
  point({clientX, clientY}) {
    const box = this.canvas.getBoundingClientRect(), ratio = this.canvas.width / box.width;
    return {
      x: ((clientX - box.left) * ratio - this.canvas.width / 2) / this.scale + this.middle.x,
      y: ((clientY - box.top) * ratio - this.canvas.height / 2) / this.scale + this.middle.y,
    };
  }

  /** Zooms so that the map point stays where it is on screen. @param {number} factor @param {Point} around */
  zoomBy(factor, around = this.middle) {
    const zoom = Math.min(mostZoom, Math.max(1, this.zoom * factor)), change = this.zoom / zoom;
    this.moveTo({x: around.x + (this.middle.x - around.x) * change, y: around.y + (this.middle.y - around.y) * change}, zoom);
  }

  /** @param {Point} middle @param {number} zoom */
  moveTo(middle, zoom = this.zoom) {
    this.zoom = zoom;
    const clamp = (/** @type {number} */ value, /** @type {number} */ size, /** @type {number} */ shown) =>
      shown >= size ? size / 2 : Math.min(size - shown / 2, Math.max(shown / 2, value));
    this.middle = {
      x: clamp(middle.x, this.map.width, this.canvas.width / this.scale),
      y: clamp(middle.y, this.map.height, this.canvas.height / this.scale),
    };
    this.schedule();
  }

  /** The map has other pixels. */
  changed() {
    this.isStale = true;
    this.schedule();
  }

  schedule() {
    if (this.isScheduled) return;
    this.isScheduled = true;
    requestAnimationFrame(() => {
      this.isScheduled = false;
      this.draw();
    });
  }

  draw() {
    const {context, canvas, map} = this, scale = this.scale;
    if (this.isStale) {
      const target = new Uint32Array(this.pixels.data.buffer);
      for (let at = 0; at < target.length; at++) target[at] = this.words[map.ids[at]] ?? 0xff000000;
      this.sheetContext.putImageData(this.pixels, 0, 0);
      this.isStale = false;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(scale, 0, 0, scale, canvas.width / 2 - this.middle.x * scale, canvas.height / 2 - this.middle.y * scale);
    if (this.under && this.opacity < 1) {
      context.imageSmoothingEnabled = true;
      context.drawImage(this.under, 0, 0, map.width, map.height);
    }
    context.imageSmoothingEnabled = false;
    context.globalAlpha = this.opacity;
    context.drawImage(this.sheet, 0, 0);
    context.globalAlpha = 1;
    if (this.kept) shadeAround(context, this.kept, map);
    if (map.objects && this.opacity > 0) this.drawBorders(scale);
    if (scale >= gridZoom) this.drawGrid(scale);
    if (this.cursor) this.drawCursor(this.cursor, scale);
  }

  /** @param {number} scale */
  drawGrid(scale) {
    const {context, map} = this;
    context.strokeStyle = 'rgb(0 0 0 / 0.25)';
    context.lineWidth = 1 / scale;
    context.beginPath();
    for (let x = 0; x <= map.width; x++) context.moveTo(x, 0), context.lineTo(x, map.height);
    for (let y = 0; y <= map.height; y++) context.moveTo(0, y), context.lineTo(map.width, y);
    context.stroke();
  }

  /** @param {number} scale */
  drawBorders(scale) {
    const {context, map} = this, objects = /** @type {Uint16Array} */ (map.objects);
    context.strokeStyle = '#fff';
    context.lineWidth = 1.5 / scale;
    context.beginPath();
    for (let y = 0; y < map.height; y++) {
      for (let x = 0; x < map.width; x++) {
        const at = y * map.width + x;
        if (x + 1 < map.width && objects[at] !== objects[at + 1]) context.moveTo(x + 1, y), context.lineTo(x + 1, y + 1);
        if (y + 1 < map.height && objects[at] !== objects[at + map.width]) context.moveTo(x, y + 1), context.lineTo(x + 1, y + 1);
      }
    }
    context.stroke();
  }

  /** @param {{point: Point, size: number, shape: 'round' | 'square'}} cursor @param {number} scale */
  drawCursor({point, size, shape}, scale) {
    const {context} = this, radius = Math.max(size, 1) / 2;
    for (const [color, width] of /** @type {[string, number][]} */ ([['#000', 3], ['#fff', 1.4]])) {
      context.strokeStyle = color;
      context.lineWidth = width / scale;
      context.beginPath();
      if (shape === 'round') context.arc(point.x, point.y, radius, 0, 2 * Math.PI);
      else context.rect(point.x - radius, point.y - radius, 2 * radius, 2 * radius);
      context.stroke();
    }
  }
}
