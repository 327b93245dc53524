import Foundation

extension Safetensors {
  /// Writes float32 tensors, in the order given. The file appears whole or not at all.
  /// - Parameter tensors: Distinct names; each value count is the product of its shape.
  public static func write(
    tensors: [(name: String, shape: [Int], values: [Float])], to path: String
  ) throws(CheckpointError) {
    var entries: [String: Entry] = [:]
    var offset = 0
    for (name, shape, values) in tensors {
      precondition(entries[name] == nil && shape.reduce(1, *) == values.count)
      let end = offset + values.count * MemoryLayout<Float>.size
      entries[name] = Entry(elementType: "F32", shape: shape, offsets: [offset, end])
      offset = end
    }
    let partial = "\(path).\(ProcessInfo.processInfo.processIdentifier).partial"
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      var header = try encoder.encode(entries)
      header.append(Data(repeating: UInt8(ascii: " "), count: -header.count & 7))
      let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }

      try (length + header).write(to: URL(fileURLWithPath: partial))
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: partial))
      try file.seekToEnd()
      for tensor in tensors { try file.write(contentsOf: tensor.values.withUnsafeBytes { Data($0) }) }
      try file.synchronize()
      try file.close()
    } catch {
      try? FileManager.default.removeItem(atPath: partial)
      throw .unwritable(reason: error.localizedDescription)
    }
    guard rename(partial, path) == 0 else {
      let reason = String(cString: strerror(errno))
      try? FileManager.default.removeItem(atPath: partial)
      throw .unwritable(reason: reason)
    }
  }
}
