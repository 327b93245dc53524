import SpadeInput

/// A picture of regions painted over each other, from which a label map is made.
///
/// Positions and sizes are fractions of the shorter side, so a scene looks alike at any size.
struct ProceduralScene {
  let width: Int
  let height: Int
  /// Row-major region numbers, `0 ..< regionCount`; painting may have covered some regions entirely.
  private(set) var regions: [Int]
  private(set) var regionCount = 1
  private(set) var random: SplitMix64
  /// The shorter side, in pixels.
  private let unit: Double

  /// One region everywhere.
  init(width: Int, height: Int, seed: UInt64) {
    self.width = width
    self.height = height
    regions = [Int](repeating: 0, count: width * height)
    random = SplitMix64(seed: seed)
    unit = Double(min(width, height))
  }

  private mutating func newRegion() -> Int {
    regionCount += 1
    return regionCount - 1
  }

  /// Sets the pixels of a rectangle, cut to the picture, for which `contains` holds, to `region`.
  private mutating func paint(
    _ region: Int, left: Double, top: Double, right: Double, bottom: Double,
    where contains: (_ x: Double, _ y: Double) -> Bool = { _, _ in true }
  ) {
    let columns = Self.pixels(left, right, limit: width)
    for y in Self.pixels(top, bottom, limit: height) {
      for x in columns where contains(Double(x), Double(y)) { regions[y * width + x] = region }
    }
  }

  private static func pixels(_ low: Double, _ high: Double, limit: Int) -> Range<Int> {
    let first = Int(min(max(low, 0), Double(limit)))
    return first..<max(first, Int(min(max(high, 0), Double(limit))))
  }

  /// A point of the picture, in pixels.
  private mutating func point() -> (x: Double, y: Double) {
    (random.unit() * Double(width), random.unit() * Double(height))
  }

  private mutating func noise() -> ValueNoise { ValueNoise(seed: random.next()) }
}

extension ProceduralScene {
  /// Sky, hills, ground: bands with wavy borders, from top to bottom.
  mutating func paintBands(_ count: Int) {
    for band in 1..<max(count, 2) {
      let region = newRegion()
      let horizon = (Double(band) + random.real(in: -0.4..<0.4)) / Double(max(count, 2)) * Double(height)
      let swing = random.real(in: 0.02..<0.25) * unit
      let period = random.real(in: 0.2..<0.8) * unit
      let noise = noise()
      paint(region, left: 0, top: 0, right: Double(width), bottom: Double(height)) { x, y in
        y > horizon + (noise.value(x / period, 0) - 0.5) * 2 * swing
      }
    }
  }

  /// The nearest of `count` points decides; the borders are bent by noise.
  mutating func paintCells(_ count: Int) {
    let centers = (0..<max(count, 1)).map { _ in (region: newRegion(), point: point()) }
    let period = 0.15 * unit
    let bend = random.real(in: 0..<0.12) * unit
    let noiseX = noise()
    let noiseY = noise()
    for y in 0..<height {
      for x in 0..<width {
        let (u, v) = (Double(x) / period, Double(y) / period)
        let bentX = Double(x) + (noiseX.value(u, v) - 0.5) * bend
        let bentY = Double(y) + (noiseY.value(u, v) - 0.5) * bend
        var nearest = Double.infinity
        for (region, point) in centers {
          let (dx, dy) = (point.x - bentX, point.y - bentY)
          if dx * dx + dy * dy < nearest {
            nearest = dx * dx + dy * dy
            regions[y * width + x] = region
          }
        }
      }
    }
  }

  /// Rectangles of any proportion, such as walls, doors and furniture.
  mutating func paintRectangles(_ count: Int) {
    for _ in 0..<count {
      let region = newRegion()
      let (x, y) = point()
      let halfWidth = random.real(in: 0.02..<0.3) * unit
      let halfHeight = random.real(in: 0.02..<0.3) * unit
      paint(region, left: x - halfWidth, top: y - halfHeight, right: x + halfWidth, bottom: y + halfHeight)
    }
  }

  /// Rounded shapes with noisy outlines, such as trees, people and animals.
  mutating func paintBlobs(_ count: Int, size: Range<Double>) {
    for _ in 0..<count {
      let region = newRegion()
      let (x, y) = point()
      let radiusX = random.real(in: size) * unit
      let radiusY = random.real(in: size) * unit
      let noise = noise()
      let period = max(1, 0.6 * min(radiusX, radiusY))
      paint(
        region, left: x - 1.5 * radiusX, top: y - 1.5 * radiusY, right: x + 1.5 * radiusX,
        bottom: y + 1.5 * radiusY
      ) { column, row in
        let (dx, dy) = ((column - x) / radiusX, (row - y) / radiusY)
        return dx * dx + dy * dy < 0.4 + 1.2 * noise.value(column / period, row / period)
      }
    }
  }

  /// A grid of equal panes, such as the windows of a house: one region.
  mutating func paintPanes() {
    let region = newRegion()
    let (x, y) = point()
    let step = random.real(in: 0.05..<0.12) * unit
    let columns = random.integer(in: 2...6)
    let rows = random.integer(in: 2...5)
    for row in 0..<rows {
      for column in 0..<columns {
        let left = x + Double(column) * step
        let top = y + Double(row) * step
        paint(region, left: left, top: top, right: left + 0.6 * step, bottom: top + 0.6 * step)
      }
    }
  }

  /// Lines 1 to 3 pixels thick: upright poles or wires that wander from side to side.
  mutating func paintLines(_ count: Int) {
    let region = newRegion()
    let isUpright = random.integer(in: 0...1) == 0
    for _ in 0..<count {
      let thickness = Double(random.integer(in: 1...3))
      let (x, y) = point()
      if isUpright {
        let length = random.real(in: 0.2..<0.8) * unit
        paint(region, left: x, top: y - length / 2, right: x + thickness, bottom: y + length / 2)
      } else {
        let noise = noise()
        let period = 0.5 * unit
        let sag = 0.1 * unit
        paint(region, left: 0, top: 0, right: Double(width), bottom: Double(height)) { column, row in
          let middle = y + (noise.value(column / period, 0) - 0.5) * sag
          return row >= middle && row < middle + thickness
        }
      }
    }
  }

  /// Specks one to three pixels wide scattered over a disc, such as foliage against the sky: one region.
  mutating func paintSpecks() {
    let region = newRegion()
    let (x, y) = point()
    let radius = random.real(in: 0.04..<0.12) * unit
    let noise = noise()
    paint(region, left: x - radius, top: y - radius, right: x + radius, bottom: y + radius) { column, row in
      let (dx, dy) = ((column - x) / radius, (row - y) / radius)
      return dx * dx + dy * dy < 1 && noise.value(column / 2.5, row / 2.5) > 0.55
    }
  }
}
