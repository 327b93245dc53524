@testable import SpadeModel
@testable import SpadeTools

/// Reads a saved style, its checksum made anew.
func fuzzStyle(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  var bytes = Array(UnsafeBufferPointer(start: data, count: count))
  if bytes.count >= 8 {
    let end = bytes.count - 8
    let checksum = bytes.withUnsafeBytes { Checksum.of(UnsafeRawBufferPointer(rebasing: $0[..<end])) }
    for index in 0..<8 { bytes[end + index] = UInt8(truncatingIfNeeded: checksum >> UInt64(8 * index)) }
  }
  guard let style = try? SavedStyle(bytes: bytes, path: "style.z") else { return 0 }
  require(style.values.allSatisfy { $0.isFinite } && style.bytes == bytes, "a style that is not read again")
  return 0
}

/// Reads a relabel map.
func fuzzRelabelling(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = NetworkInput(
    width: 8, height: 8, labelCount: 4, unknownLabel: 3, hasEdges: false, styleCount: 0)
  let classes = ["sky", "tree", "sky"].map { NetworkClass(name: $0, color: nil) }
  let text = Array(UnsafeBufferPointer(start: data, count: count))
  guard
    let relabelling = try? Relabelling(text: text, path: "map.txt", classes: classes, for: input)
  else { return 0 }
  for shift in 0..<16 {
    for id in [UInt16.max >> shift, 1 << shift] {
      if let target = relabelling[id] { require(target < 4, "id \(id) becomes \(target)") }
    }
  }
  return 0
}

/// Reads a model file's metadata.
func fuzzJSON(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  _ = try? NetworkClass.list(in: JSONText(UnsafeRawBufferPointer(start: data, count: count)))
  return 0
}
