import Foundation

@testable import SpadeQuantize

/// Bytes written one after the other, numbers little-endian.
struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func add<T: FixedWidthInteger>(_ value: T) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
  mutating func add(_ text: String) { bytes += text.utf8 }
  mutating func add(_ more: [UInt8]) { bytes += more }

  static func floats(_ values: [Float]) -> [UInt8] {
    var writer = ByteWriter()
    for value in values { writer.add(value.bitPattern) }
    return writer.bytes
  }
}

/// A storage and the tensors that view it, as a state dict's pickle names them.
struct StorageRecipe {
  var key: String
  var type = "FloatStorage"
  var count: Int
  var bytes: [UInt8]

  init(_ key: String, _ values: [Float]) {
    self.key = key
    count = values.count
    bytes = ByteWriter.floats(values)
  }
  init(_ key: String, type: String, count: Int, bytes: [UInt8]) {
    (self.key, self.type, self.count, self.bytes) = (key, type, count, bytes)
  }
}

struct TensorRecipe {
  var name: String
  var storage: StorageRecipe
  var shape: [Int]
  var strides: [Int]
  var offset = 0
}

/// Writes just enough of the pickle protocol for state dicts.
struct PickleWriter {
  var out = ByteWriter()
  var isLegacy = false

  init(protocolVersion: UInt8 = 2) { out.add([0x80, protocolVersion]) }

  mutating func text(_ text: String) {
    out.add("X")
    out.add(UInt32(text.utf8.count))
    out.add(text)
  }
  mutating func integer(_ value: Int) {
    if let small = Int32(exactly: value) {
      out.add("J")
      out.add(small)
    } else {
      out.add([0x8a, 8])
      out.add(Int64(value))
    }
  }
  mutating func tuple(_ values: [Int]) {
    out.add("(")
    for value in values { integer(value) }
    out.add("t")
  }
  mutating func emptyOrderedDictionary() { out.add("ccollections\nOrderedDict\n)R") }
  mutating func persistentID(_ storage: StorageRecipe) {
    out.add("(")
    text("storage")
    out.add("ctorch\n\(storage.type)\n")
    text(storage.key)
    text("cpu")
    integer(storage.count)
    if isLegacy { out.add("N") }
    out.add("tQ")
  }
  mutating func tensor(_ tensor: TensorRecipe) {
    out.add("ctorch._utils\n_rebuild_tensor_v2\n(")
    persistentID(tensor.storage)
    integer(tensor.offset)
    tuple(tensor.shape)
    tuple(tensor.strides)
    out.add([0x89])
    emptyOrderedDictionary()
    out.add("tR")
  }

  static func stateDictionary(_ tensors: [TensorRecipe], isLegacy: Bool = false) -> [UInt8] {
    var writer = PickleWriter()
    writer.isLegacy = isLegacy
    writer.emptyOrderedDictionary()
    writer.out.add("q\0(")
    for tensor in tensors {
      writer.text(tensor.name)
      writer.tensor(tensor)
    }
    writer.out.add("u}")
    writer.text("_metadata")
    writer.emptyOrderedDictionary()
    writer.out.add("sb.")
    return writer.out.bytes
  }
}

/// A zip archive of stored entries with data descriptor flags, as PyTorch writes them.
struct ZipRecipe {
  struct Entry {
    var name: String
    var bytes: [UInt8]
    var method: UInt16 = 0
    var flags: UInt16 = 0x0808
    var checksum: UInt32?
    var headerOffset: Int?
    var packedByteCount: Int?
  }
  var entries: [Entry]
  var usesZip64 = false

  init(_ entries: [(String, [UInt8])]) { self.entries = entries.map { Entry(name: $0.0, bytes: $0.1) } }

  init(_ tensors: [TensorRecipe]) {
    self.init([("m/data.pkl", PickleWriter.stateDictionary(tensors)), ("m/byteorder", Array("little".utf8))])
    for storage in distinct(tensors) {
      entries.append(Entry(name: "m/data/\(storage.key)", bytes: storage.bytes))
    }
  }

  var bytes: [UInt8] {
    var file = ByteWriter()
    var directory = ByteWriter()
    for entry in entries {
      let offset = entry.headerOffset ?? file.bytes.count
      file.add("PK\u{3}\u{4}")
      file.add([UInt8](repeating: 0, count: 22))
      file.add(UInt16(entry.name.utf8.count))
      file.add(UInt16(3))
      file.add(entry.name)
      file.add([1, 2, 3])
      file.add(entry.bytes)

      let packed = entry.packedByteCount ?? entry.bytes.count
      directory.add("PK\u{1}\u{2}")
      directory.add(UInt32(0))
      directory.add(entry.flags)
      directory.add(entry.method)
      directory.add(UInt32(0))
      directory.add(entry.checksum ?? crc32(entry.bytes))
      directory.add(usesZip64 ? .max : UInt32(packed))
      directory.add(usesZip64 ? .max : UInt32(entry.bytes.count))
      directory.add(UInt16(entry.name.utf8.count))
      directory.add(UInt16(usesZip64 ? 33 : 0))
      directory.add([UInt8](repeating: 0, count: 10))
      directory.add(usesZip64 ? .max : UInt32(offset))
      directory.add(entry.name)
      if usesZip64 {
        directory.add([7, 0, 1, 0, 0xFF])
        directory.add([1, 0, 24, 0])
        for value in [entry.bytes.count, packed, offset] { directory.add(UInt64(value)) }
      }
    }
    let directoryOffset = file.bytes.count
    file.add(directory.bytes)
    if usesZip64 {
      let record = file.bytes.count
      file.add("PK\u{6}\u{6}")
      file.add([UInt8](repeating: 0, count: 20))
      for value in [entries.count, entries.count, directory.bytes.count, directoryOffset] {
        file.add(UInt64(value))
      }
      file.add("PK\u{6}\u{7}")
      file.add(UInt32(0))
      file.add(UInt64(record))
      file.add(UInt32(1))
    }
    file.add("PK\u{5}\u{6}")
    file.add(UInt32(0))
    file.add(usesZip64 ? .max : UInt16(entries.count))
    file.add(usesZip64 ? .max : UInt16(entries.count))
    file.add(usesZip64 ? .max : UInt32(directory.bytes.count))
    file.add(usesZip64 ? .max : UInt32(directoryOffset))
    file.add(UInt16(0))
    return file.bytes
  }

  /// CRC-32, bit by bit.
  private func crc32(_ bytes: [UInt8]) -> UInt32 {
    var value = UInt32.max
    for byte in bytes {
      value ^= UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
    return ~value
  }
}

/// PyTorch's legacy stream.
struct LegacyRecipe {
  var magic: [UInt8] = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e]
  var protocolVersion = 1001
  var isLittleEndian = true
  var state: [UInt8]
  var keys: [String]
  var storages: [StorageRecipe]

  init(_ tensors: [TensorRecipe]) {
    state = PickleWriter.stateDictionary(tensors, isLegacy: true)
    storages = distinct(tensors)
    keys = storages.map(\.key)
  }

  var bytes: [UInt8] {
    var file = ByteWriter(bytes: magic)
    var version = PickleWriter()
    version.integer(protocolVersion)
    file.add(version.out.bytes + [0x2e])
    var system = PickleWriter()
    system.out.add("}(")
    system.text("little_endian")
    system.out.add([isLittleEndian ? 0x88 : 0x89])
    system.out.add("u.")
    file.add(system.out.bytes)
    file.add(state)
    var list = PickleWriter()
    list.out.add("](")
    for key in keys { list.text(key) }
    list.out.add("e.")
    file.add(list.out.bytes)
    for storage in storages {
      file.add(UInt64(storage.count))
      file.add(storage.bytes)
    }
    return file.bytes
  }
}

/// A safetensors file with any header.
func safetensors(_ header: String, data: [UInt8] = []) -> [UInt8] {
  var file = ByteWriter()
  file.add(UInt64(header.utf8.count))
  file.add(header)
  file.add(data)
  return file.bytes
}

private func distinct(_ tensors: [TensorRecipe]) -> [StorageRecipe] {
  var storages: [StorageRecipe] = []
  for tensor in tensors where !storages.contains(where: { $0.key == tensor.storage.key }) {
    storages.append(tensor.storage)
  }
  return storages
}

/// A state dict of three tensors on two storages: plain, transposed with an offset, and a scalar.
func smallTensors() -> [TensorRecipe] {
  let shared = StorageRecipe("0", (0..<8).map { Float($0) / 2 })
  let scalar = StorageRecipe("1", type: "LongStorage", count: 1, bytes: [5, 0, 0, 0, 0, 0, 0, 0])
  return [
    TensorRecipe(name: "a.weight", storage: shared, shape: [2, 3], strides: [3, 1]),
    TensorRecipe(name: "a.transposed", storage: shared, shape: [3, 2], strides: [1, 3], offset: 2),
    TensorRecipe(name: "a.count", storage: scalar, shape: [], strides: []),
  ]
}

let smallSafetensors = safetensors(
  #"{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[2,10]},"a":{"dtype":"F16","shape":[],"data_offsets":[0,2]}}"#,
  data: [0x00, 0xc0] + ByteWriter.floats([1.5, -2]))

extension Checkpoint {
  init(_ bytes: [UInt8]) throws(CheckpointError) { try self.init(bytes: Data(bytes)) }
}

/// A folder that is removed when the value goes.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("spade-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String, _ bytes: [UInt8] = []) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }
}
