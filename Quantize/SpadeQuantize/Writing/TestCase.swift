import SpadeInput
import SpadeModel

/// The built-in test case of a model file.
struct TestCase {
  var map: LabelMap
  var style: [Float]
  /// XXH64 of the picture.
  var checksum: UInt64
  /// XXH64 of the style that the encoder gives the test photo; 0 without encoder.
  var styleChecksum: UInt64 = 0

  /// The section's bytes, as `Model+Test.swift` draws them.
  var bytes: [UInt8] {
    var runs: [UInt16] = []
    for pixel in map.ids.indices {
      let edge: UInt16 = (map.edges.map { $0[pixel] != 0 } ?? false) ? 1 : 0
      let symbol = map.ids[pixel] << 1 | edge
      if let last = runs.dropLast().last, last == symbol, runs[runs.count - 1] < UInt16.max {
        runs[runs.count - 1] += 1
      } else {
        runs += [symbol, 1]
      }
    }
    var bytes: [UInt8] = []
    withUnsafeBytes(of: checksum) { bytes += [UInt8]($0) }
    withUnsafeBytes(of: UInt32(runs.count / 2)) { bytes += [UInt8]($0) }
    bytes += [0, 0, 0, 0]
    withUnsafeBytes(of: styleChecksum) { bytes += [UInt8]($0) }
    style.withUnsafeBytes { bytes += [UInt8]($0) }
    runs.withUnsafeBytes { bytes += [UInt8]($0) }
    return bytes
  }
}
