import Foundation
import Testing

@testable import SpadeQuantize

/// A damaged file and the rule it breaks.
struct HostileCase: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var bytes: [UInt8]
  var error: CheckpointError

  init(_ name: String, _ bytes: [UInt8], _ error: CheckpointError) {
    (testDescription, self.bytes, self.error) = (name, bytes, error)
  }

  /// The file is a zip archive whose only entry is this pickle, at byte 43.
  static func pickle(_ name: String, _ pickle: [UInt8], _ error: CheckpointError) -> HostileCase {
    HostileCase(name, ZipRecipe([("m/data.pkl", pickle)]).bytes, error)
  }

  static func legacy(
    _ name: String, _ error: CheckpointError, _ change: (inout LegacyRecipe) -> Void
  ) -> HostileCase {
    var recipe = LegacyRecipe(smallTensors())
    change(&recipe)
    return HostileCase(name, recipe.bytes, error)
  }

  static func zip(
    _ name: String, _ error: CheckpointError, _ change: (inout ZipRecipe) -> Void
  ) -> HostileCase {
    var recipe = ZipRecipe(smallTensors())
    change(&recipe)
    return HostileCase(name, recipe.bytes, error)
  }

  static func tensor(
    _ name: String, _ shape: [Int], _ strides: [Int], _ offset: Int, _ error: CheckpointError
  ) -> HostileCase {
    let storage = StorageRecipe("0", [1, 2, 3, 4])
    let tensor = TensorRecipe(name: "t", storage: storage, shape: shape, strides: strides, offset: offset)
    return HostileCase(name, ZipRecipe([tensor]).bytes, error)
  }

  static func safe(
    _ name: String, _ entries: String, _ byteCount: Int, _ error: CheckpointError
  ) -> HostileCase {
    HostileCase(name, safetensors(entries, data: [UInt8](repeating: 0, count: byteCount)), error)
  }
}

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct CheckpointHostileTests {
  static let pickles: [HostileCase] = [
    .pickle("protocol 6", [0x80, 6, 0x2e], .unsupportedPickleProtocol(found: 6)),
    .pickle("INST opcode", bytes("ios\nsystem\n."), .unsupportedOpcode(found: 0x69, offset: 43)),
    .pickle("os.system", bytes("cos\nsystem\n(X\u{2}\0\0\0lstR."), .unsupportedGlobal(name: "os.system")),
    .pickle(
      "a name without end", bytes("c" + String(repeating: "x", count: 300)),
      .lineTooLong(offset: 44, limit: 256)),
    .pickle("a name that is not text", [0x58, 1, 0, 0, 0, 0xff, 0x2e], .notText(offset: 48)),
    .pickle("a pop below the mark", bytes(")(b."), .malformedPickle(opcode: 0x62, offset: 45)),
    .pickle("a reduce without function", bytes("))R."), .malformedPickle(opcode: 0x52, offset: 45)),
    .pickle("an odd number of items", bytes("}(Nu."), .malformedPickle(opcode: 0x75, offset: 46)),
    .pickle("a stop on nothing", bytes("."), .malformedPickle(opcode: 0x2e, offset: 43)),
    .pickle("a memo read before it is set", bytes("h\u{7}."), .unsetMemo(index: 7, offset: 43)),
    .pickle("a long of 9 bytes", [0x8a, 9] + [UInt8](repeating: 1, count: 9), .numberTooLarge(offset: 44)),
    .pickle(
      "endless values", [UInt8](repeating: 0x4e, count: 70_000), .pickleTooDeep(limit: 65536, offset: 65579)),
    .pickle(
      "endless marks", [UInt8](repeating: 0x28, count: 70_000), .pickleTooDeep(limit: 65536, offset: 65579)),
    .pickle(
      "endless nesting", [0x29] + [UInt8](repeating: 0x85, count: 1_100_000), .pickleTooLong(limit: 1 << 20)),
    .pickle("deep nesting", [0x29] + [UInt8](repeating: 0x85, count: 200_000) + [0x2e], .notAStateDict),
    .pickle(
      "doubling tuples", [0x29] + (0..<200).flatMap { _ in bytes("q\0h\0") + [0x86] } + [0x2e], .notAStateDict
    ),
    .pickle(
      "a dictionary in itself", bytes("}q\0X\u{1}\0\0\0kh\0s."), .notATensor(name: "k")),
    .pickle("a number as name", bytes("}K\u{1}Ns."), .notAStateDict),
    .pickle("bytes after the pickle", bytes("}.}"), .trailingBytes(offset: 45, count: 1)),
    .pickle("a pickle without end", bytes("}"), .truncated(offset: 44, wanted: 1, available: 0)),
  ]

  static let containers: [HostileCase] = [
    HostileCase("nothing", [], .notACheckpoint(byteCount: 0)),
    HostileCase("text", bytes("hello world"), .notACheckpoint(byteCount: 11)),
    // pickle.dumps([1, 2]) with protocols 2 and 4: the latter comes in a frame, as a stream of PyTorch may begin.
    HostileCase("a plain pickle", [0x80, 2] + bytes("]q\0(K\u{1}K\u{2}e."), .plainPickle),
    HostileCase(
      "a plain pickle in a frame",
      [0x80, 4, 0x95, 9, 0, 0, 0, 0, 0, 0, 0, 0x5d, 0x94] + bytes("(K\u{1}K\u{2}e."), .plainPickle),
    HostileCase("half a pickle", [0x80, 2] + bytes("]q\0("), .notACheckpoint(byteCount: 6)),

    .legacy("another magic number", .malformedLegacyStream(offset: 0)) {
      $0.magic = [0x80, 2, 0x8a, 1, 7, 0x2e]
    },
    .legacy("protocol 1002", .unsupportedLegacyProtocol(found: 1002)) { $0.protocolVersion = 1002 },
    .legacy("big-endian", .bigEndian) { $0.isLittleEndian = false },
    .legacy("a key nobody uses", .unknownStorage(storage: "x")) { $0.keys.insert("x", at: 0) },
    .legacy("a key twice", .unknownStorage(storage: "0")) { $0.keys.insert("0", at: 1) },
    .legacy("a key that is missing", .missingStorage(storage: "1")) {
      $0.keys.removeLast()
      $0.storages.removeLast()
    },
    .legacy("a storage of another length", .storageLength(storage: "0", found: 9, wanted: 8)) {
      $0.storages[0].count = 9
    },
    .legacy("bytes after the last storage", .trailingBytes(offset: 0, count: 2)) {
      $0.storages[1].bytes += [0, 0]
    },
    .legacy("a view of a storage", .unsupportedStorageView(storage: "0")) {
      $0.state = Array(
        bytes("}X\u{1}\0\0\0t(X\u{7}\0\0\0storagectorch\nFloatStorage\nX\u{1}\0\0\0")
          + bytes("0X\u{3}\0\0\0cpuK\u{8})tQs."))
    },
    .legacy("a storage with two types", .conflictingStorage(storage: "0")) {
      var tensors = smallTensors()
      tensors[1].storage.type = "IntStorage"
      $0.state = PickleWriter.stateDictionary(tensors, isLegacy: true)
    },
    .legacy("a storage larger than the file", .storageLength(storage: "0", found: 8, wanted: 1 << 62)) {
      var tensors = smallTensors()
      tensors[0].storage.count = 1 << 62
      $0.state = PickleWriter.stateDictionary([tensors[0]], isLegacy: true)
    },

    HostileCase("a zip archive cut short", bytes("PK\u{3}\u{4}"), .zipDirectoryMissing),
    .zip("an entry without header", .malformedZip(offset: 1)) { $0.entries[0].headerOffset = 1 },
    .zip("an entry behind the directory", .malformedZip(offset: 1 << 30)) {
      $0.entries[0].headerOffset = 1 << 30
    },
    .zip("two sizes", .malformedZip(offset: 0)) { $0.entries[0].packedByteCount = 3 },
    .zip("a name twice", .zipEntryRepeated(name: "m/data/1")) { $0.entries.append($0.entries[3]) },
    .zip("two pickles", .zipEntryRepeated(name: "n/data.pkl")) {
      $0.entries.append(.init(name: "n/data.pkl", bytes: []))
    },
    .zip("no pickle", .zipEntryMissing(name: "data.pkl")) { $0.entries.removeFirst() },
    .zip("no storage", .zipEntryMissing(name: "m/data/1")) { $0.entries.removeLast() },
    .zip("a deflated entry", .zipEntryPacked(name: "m/data/0", method: 8)) { $0.entries[2].method = 8 },
    .zip("an encrypted entry", .zipEntryEncrypted(name: "m/data/0")) { $0.entries[2].flags = 1 },
    .zip("big-endian", .bigEndian) { $0.entries[1] = .init(name: "m/byteorder", bytes: bytes("big")) },
    .zip("a short storage", .storageLength(storage: "1", found: 7, wanted: 8)) {
      $0.entries[3].bytes.removeLast()
    },
    .zip("a wrong checksum", .zipChecksum(name: "m/byteorder", found: 0x19e3_3d85, wanted: 7)) {
      $0.entries[1].checksum = 7
    },
  ]

  static let tensors: [HostileCase] = [
    .tensor("a negative extent", [-1], [1], 0, .malformedShape(tensor: "t", shape: [-1])),
    .tensor("a negative stride", [2], [-1], 3, .malformedShape(tensor: "t", shape: [2])),
    .tensor("a negative offset", [2], [1], -1, .malformedShape(tensor: "t", shape: [2])),
    .tensor("fewer strides than extents", [2, 2], [1], 0, .malformedShape(tensor: "t", shape: [2, 2])),
    .tensor(
      "a product beyond 64 bits", [1 << 40, 1 << 40], [0, 0], 0,
      .malformedShape(tensor: "t", shape: [1 << 40, 1 << 40])),
    .tensor(
      "an overflow behind a zero", [1 << 40, 1 << 40, 0], [0, 0, 0], 0,
      .malformedShape(tensor: "t", shape: [1 << 40, 1 << 40, 0])),
    .tensor("a stride beyond 64 bits", [3], [.max], 0, .malformedShape(tensor: "t", shape: [3])),
    .tensor("one element too many", [5], [1], 0, .tensorOutsideStorage(tensor: "t", end: 5, storageCount: 4)),
    .tensor("an offset at the end", [1], [1], 4, .tensorOutsideStorage(tensor: "t", end: 5, storageCount: 4)),
    .tensor(
      "the largest offset", [1], [1], .max, .tensorOutsideStorage(tensor: "t", end: .max, storageCount: 4)),
    .tensor(
      "a petabyte of one number", [1 << 50], [0], 0,
      .tensorLargerThanStorage(tensor: "t", elementCount: 1 << 50, storageCount: 4)),
    HostileCase(
      "a name twice", ZipRecipe([smallTensors()[0], smallTensors()[0]]).bytes,
      .repeatedTensor(name: "a.weight")),
  ]

  static let safetensorFiles: [HostileCase] = [
    HostileCase(
      "a huge header", [0, 0, 0, 1, 0, 0, 0, 0, 0x7b], .headerTooLong(found: 1 << 24, limit: 4 << 20)),
    HostileCase(
      "a header beyond 63 bits", [1, 1, 1, 1, 1, 1, 1, 0xff, 0x7b], .numberTooLarge(offset: 0)),
    .safe("a header that is no JSON", "{oops", 0, .malformedHeader),
    .safe("a deep header", "{\"a\":" + String(repeating: "[", count: 100_000), 0, .malformedHeader),
    .safe(
      "a fractional shape", #"{"t":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4, .malformedHeader),
    .safe(
      "an unknown type", #"{"t":{"dtype":"F8_E5M2","shape":[4],"data_offsets":[0,4]}}"#, 4,
      .unsupportedElementType(tensor: "t", found: "F8_E5M2")),
    .safe(
      "three offsets", #"{"t":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}"#, 4,
      .malformedOffsets(tensor: "t")),
    .safe(
      "descending offsets", #"{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4,
      .malformedOffsets(tensor: "t")),
    .safe(
      "a short tensor", #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4,
      .tensorLength(tensor: "t", found: 4, wanted: 8)),
    .safe(
      "a hole", #"{"t":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8,
      .tensorsNotAdjacent(tensor: "t", found: 4, wanted: 0)),
    .safe(
      "an overlap",
      #"{"s":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"t":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
      6, .tensorsNotAdjacent(tensor: "t", found: 2, wanted: 4)),
    .safe("uncovered bytes", "{}  ", 3, .trailingBytes(offset: 12, count: 3)),
    .safe(
      "a shape beyond 64 bits",
      #"{"t":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, 4,
      .malformedShape(tensor: "t", shape: [1 << 62, 4])),
    .safe(
      "bytes beyond 64 bits", #"{"t":{"dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,4]}}"#, 4,
      .tensorLength(tensor: "t", found: 4, wanted: .max)),
    .safe(
      "offsets outside the file", #"{"t":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}"#, 4,
      .truncated(offset: 61, wanted: 9, available: 4)),
  ]

  @Test(arguments: pickles + containers + tensors + safetensorFiles)
  func isRefused(_ hostile: HostileCase) {
    #expect {
      try Checkpoint(hostile.bytes)
    } throws: { error in
      let error = error as? CheckpointError
      // Where the data begins is the recipe's business.
      if case .trailingBytes(_, let count) = error, case .trailingBytes(0, count) = hostile.error {
        return true
      }
      return error == hostile.error
    }
  }

  @Test func overlappingZipEntries() throws {
    // Storage 1's header lies inside storage 0, so its content would be storage 0's end.
    var inner = ZipRecipe([("m/data/1", [UInt8](repeating: 9, count: 8))]).bytes
    inner = Array(inner.prefix(30 + 8 + 3 + 8))
    inner += [UInt8](repeating: 0, count: -inner.count & 3)
    var tensors = smallTensors()
    let storage = StorageRecipe("0", type: "FloatStorage", count: inner.count / 4, bytes: inner)
    tensors[0].storage = storage
    tensors[1].storage = storage
    var recipe = ZipRecipe(tensors)
    let start = try #require(recipe.bytes.indices.first { recipe.bytes[$0...].starts(with: inner) })
    recipe.entries[3].bytes = [UInt8](repeating: 9, count: 8)
    recipe.entries[3].headerOffset = start
    #expect(throws: CheckpointError.zipEntriesOverlap(name: "m/data/1", offset: start + 41)) {
      try Checkpoint(recipe.bytes)
    }
  }

  @Test func missingFile() {
    #expect {
      try Checkpoint(contentsOf: "/nonexistent")
    } throws: { error in
      if case .unreadable = error as? CheckpointError { true } else { false }
    }
  }

  @Test func emptyFile() throws {
    let path = try TemporaryFolder().file("x")
    #expect(throws: CheckpointError.self) { try Checkpoint(contentsOf: path) }
  }
}
