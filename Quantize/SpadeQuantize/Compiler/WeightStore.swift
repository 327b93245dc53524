import SpadeModel

/// The weights section while it grows: arrays at 64-byte aligned places.
struct WeightStore {
  private(set) var bytes: [UInt8] = []

  /// Appends the elements' bytes.
  /// - Returns: Where they lie, in units of 64 bytes from the start of the section.
  mutating func append<Element: BitwiseCopyable>(_ elements: [Element]) -> UInt32 {
    bytes.append(
      contentsOf: [UInt8](
        repeating: 0, count: ModelFormat.padded(bytes.count, to: ModelFormat.alignment) - bytes.count))
    let offset = UInt32(bytes.count / ModelFormat.alignment)
    elements.withUnsafeBytes { bytes.append(contentsOf: $0) }
    return offset
  }
}
