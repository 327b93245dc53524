import SpadeModel

/// A wide tensor or a tensor of codes in the arena: where row `y`, column `x` lies.
struct Plane {
  private let base: UnsafeMutableRawPointer
  let width: Int
  let height: Int
  let channels: Int
  private let rowCapacity: Int

  init(_ record: BufferRecord, arena: UnsafeMutableRawPointer) {
    base = arena + Int(record.offset)
    width = Int(record.width)
    height = Int(record.height)
    channels = Int(record.channels)
    rowCapacity = Int(record.rowCapacity)
  }

  /// The pixel's place among the kept rows.
  func pixel(_ y: Int, _ x: Int) -> Int {
    assert(y >= 0 && y < height && x >= 0 && x < width)
    return (y % rowCapacity) * width + x
  }

  /// The kept rows of a wide tensor.
  var wide: UnsafeMutablePointer<Int16> { base.assumingMemoryBound(to: Int16.self) }

  /// A row of a wide tensor.
  func wideRow(_ y: Int) -> UnsafeMutablePointer<Int16> { wide + pixel(y, 0) * channels }

  /// A tensor of codes: the pixel for "outside", then the kept rows.
  var codes: UnsafeMutablePointer<Int8> { base.assumingMemoryBound(to: Int8.self) }

  /// A row of a tensor of codes.
  func codeRow(_ y: Int) -> UnsafeMutablePointer<Int8> { codes + codeOffset(y, 0) }

  /// Whether a tensor of codes of `depth` channels has fine codes: two bytes for each.
  func isFine(depth: Int) -> Bool { channels != depth }

  /// Bytes from the start of a tensor of codes to a pixel.
  @inline(__always)
  func codeOffset(_ y: Int, _ x: Int) -> Int { (1 &+ pixel(y, x)) &* channels }
}
