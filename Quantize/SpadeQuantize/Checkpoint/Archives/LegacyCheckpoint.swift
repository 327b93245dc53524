import FoundationEssentials

/// PyTorch's stream of 2016 to 2020: magic, protocol, system, state dict and storage keys as five
/// pickles, then each storage as an element count and raw data.
enum LegacyCheckpoint {
  /// 0x1950a86a20f9469cfc6c, lowest byte first.
  static let magic: [UInt8] = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]
  static let protocolVersion = 1001

  static func read(_ bytes: Data) throws(CheckpointError) -> [(name: String, tensor: StoredTensor)] {
    var reader = ByteReader(bytes, in: 0..<bytes.count)
    var machine = PickleMachine()
    guard case .legacyMagic = try machine.run(&reader) else {
      // What comes in a frame and to an end is somebody else's pickle; a number may be a damaged magic.
      if bytes[2] == 0x95, reader.remaining == 0 { throw .plainPickle }
      throw .malformedLegacyStream(offset: 0)
    }
    try readSystem(&machine, &reader)
    let state = try machine.run(&reader)
    let keys = try readKeys(&machine, &reader)

    var places = [Range<Int>?](repeating: nil, count: machine.storages.count)
    for key in keys {
      guard let index = machine.storageIndices[key], places[index] == nil else {
        throw .unknownStorage(storage: key)
      }
      let storage = machine.storages[index]
      let count = try reader.count64()
      guard count == storage.elementCount else {
        throw .storageLength(storage: key, found: count, wanted: storage.elementCount)
      }
      let (byteCount, overflow) = count.multipliedReportingOverflow(by: storage.elementType.byteCount)
      places[index] = try reader.take(overflow ? .max : byteCount)
    }
    guard reader.remaining == 0 else {
      throw .trailingBytes(offset: reader.offset, count: reader.remaining)
    }
    var foundPlaces: [Range<Int>] = []
    for (place, storage) in zip(places, machine.storages) {
      guard let place else { throw .missingStorage(storage: storage.key) }
      foundPlaces.append(place)
    }
    return try machine.storedTensors(state, places: foundPlaces)
  }

  private static func readSystem(
    _ machine: inout PickleMachine, _ reader: inout ByteReader
  ) throws(CheckpointError) {
    var start = reader.offset
    guard case .integer(let version) = try machine.run(&reader) else {
      throw .malformedLegacyStream(offset: start)
    }
    guard version == protocolVersion else { throw .unsupportedLegacyProtocol(found: version) }

    start = reader.offset
    let value = try machine.run(&reader)
    guard let system = machine.container(value), system.kind == .dictionary else {
      throw .malformedLegacyStream(offset: start)
    }
    for index in stride(from: 0, to: system.items.count, by: 2) {
      if case .string("little_endian") = system.items[index], case .bool(false) = system.items[index + 1] {
        throw .bigEndian
      }
    }
  }

  private static func readKeys(
    _ machine: inout PickleMachine, _ reader: inout ByteReader
  ) throws(CheckpointError) -> [String] {
    let start = reader.offset
    let value = try machine.run(&reader)
    guard let list = machine.container(value), list.kind == .list else {
      throw .malformedLegacyStream(offset: start)
    }
    var keys: [String] = []
    for item in list.items {
      guard case .string(let key) = item else { throw .malformedLegacyStream(offset: start) }
      keys.append(key)
    }
    return keys
  }
}
