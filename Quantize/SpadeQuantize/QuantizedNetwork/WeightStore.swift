import SpadeModel

/// The weights section while it grows: arrays at 64-byte aligned places.
struct WeightStore {
  private(set) var bytes: [UInt8]

  init(bytes: [UInt8] = []) { self.bytes = bytes }

  /// Appends the elements' bytes.
  mutating func append<Element: BitwiseCopyable>(_ elements: [Element]) -> WeightPlace {
    let start = ModelFormat.padded(bytes.count, to: ModelFormat.alignment)
    bytes.append(contentsOf: [UInt8](repeating: 0, count: start - bytes.count))
    elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return WeightPlace(blockCount: start / ModelFormat.alignment)
  }
}

/// Where an array of the weights begins.
struct WeightPlace: Hashable, Sendable {
  /// From the start of the section, in units of 64 bytes.
  var blockCount: Int
}
