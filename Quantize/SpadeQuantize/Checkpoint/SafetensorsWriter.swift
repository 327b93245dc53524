import FoundationEssentials
import SpadeFiles

extension Safetensors {
  /// Writes float32 tensors, in the order given. The file appears whole or not at all.
  /// - Parameter tensors: Distinct names; each value count is the product of its shape.
  public static func write(
    tensors: [(name: String, shape: [Int], values: [Float])], to path: String
  ) throws(CheckpointError) {
    let header = header(of: tensors)
    do throws(FileError) {
      let draft = try FileDraft(path)
      try draft.add(header)
      for tensor in tensors { try draft.add(tensor.values) }
      try draft.finish()
    } catch {
      throw .unwritable(error)
    }
  }

  /// The header's length, then the header, padded with spaces to a multiple of eight bytes.
  fileprivate static func header(of tensors: [(name: String, shape: [Int], values: [Float])]) -> [UInt8] {
    var entries: [String: Entry] = [:]
    var offset = 0
    for (name, shape, values) in tensors {
      precondition(entries[name] == nil && shape.reduce(1, *) == values.count)
      let end = offset + values.count * MemoryLayout<Float>.size
      entries[name] = Entry(elementType: "F32", shape: shape, offsets: [offset, end])
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Entries are names and numbers, which have a JSON form.
    guard var text = try? [UInt8](encoder.encode(entries)) else {
      preconditionFailure("entries have no JSON form")
    }
    text += [UInt8](repeating: UInt8(ascii: " "), count: -text.count & 7)
    return withUnsafeBytes(of: UInt64(text.count).littleEndian) { [UInt8]($0) } + text
  }
}

extension Checkpoint {
  /// A checkpoint in memory, as `Safetensors.write` would leave it in a file.
  /// - Parameter tensors: Distinct names; each value count is the product of its shape.
  public init(tensors: [(name: String, shape: [Int], values: [Float])]) throws(CheckpointError) {
    var bytes = Data(Safetensors.header(of: tensors))
    for tensor in tensors { tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    try self.init(bytes: bytes)
  }
}
