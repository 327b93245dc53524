import SpadeModel

/// A wide tensor or a tensor of codes in the arena: where row `y`, column `x` lies.
struct Plane {
  let base: UnsafeMutableRawPointer
  let width: Int
  let height: Int
  let channels: Int
  let rowCapacity: Int

  init(_ record: BufferRecord, arena: UnsafeMutableRawPointer) {
    base = arena + Int(record.offset)
    width = Int(record.width)
    height = Int(record.height)
    channels = Int(record.channels)
    rowCapacity = Int(record.rowCapacity)
  }

  /// The pixel's place among the kept rows.
  func pixel(_ y: Int, _ x: Int) -> Int { (y % rowCapacity) * width + x }

  /// A row of a wide tensor.
  func wideRow(_ y: Int) -> UnsafeMutablePointer<Int16> {
    base.assumingMemoryBound(to: Int16.self) + pixel(y, 0) * channels
  }

  /// A row of a tensor of codes; the pixel for "outside" comes first.
  func codeRow(_ y: Int) -> UnsafeMutablePointer<Int8> {
    base.assumingMemoryBound(to: Int8.self) + (1 + pixel(y, 0)) * channels
  }
}
