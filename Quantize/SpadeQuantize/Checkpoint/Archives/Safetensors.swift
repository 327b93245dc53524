import FoundationEssentials

/// The safetensors format: a header length, a JSON header, then the tensors' bytes without holes.
/// Source: the format section of the safetensors README.
public enum Safetensors {
  /// Longest header that is read, in bytes. A full-size generator's has about 40 000.
  static let maximumHeaderByteCount = 4 << 20

  struct Entry: Codable {
    var elementType: String
    var shape: [Int]
    /// First byte and the byte after the last, from the header's end.
    var offsets: [Int]

    enum CodingKeys: String, CodingKey {
      case elementType = "dtype"
      case shape
      case offsets = "data_offsets"
    }
  }

  private struct Header: Decodable {
    var entries: [(name: String, entry: Entry)] = []

    private struct Name: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }

      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      for name in container.allKeys where name.stringValue != "__metadata__" {
        entries.append((name.stringValue, try container.decode(Entry.self, forKey: name)))
      }
    }
  }

  static func read(_ bytes: Data) throws(CheckpointError) -> [(name: String, tensor: StoredTensor)] {
    var reader = ByteReader(bytes, in: 0..<bytes.count)
    let headerByteCount = try reader.count64()
    guard headerByteCount <= maximumHeaderByteCount else {
      throw .headerTooLong(found: headerByteCount, limit: maximumHeaderByteCount)
    }
    let header = bytes[try reader.take(headerByteCount)]
    // Foundation of Swift 6.0 ends the program on JSON that is not UTF-8.
    guard String(data: Data(header), encoding: .utf8) != nil else { throw .malformedHeader }
    var entries: [(name: String, entry: Entry)]
    do {
      entries = try JSONDecoder().decode(Header.self, from: Data(header)).entries
    } catch {
      throw .malformedHeader
    }
    for (name, entry) in entries {
      guard entry.offsets.count == 2, entry.offsets[0] >= 0, entry.offsets[0] <= entry.offsets[1] else {
        throw .malformedOffsets(tensor: name)
      }
    }
    entries.sort { left, right in
      (left.entry.offsets[0], left.entry.offsets[1], left.name)
        < (right.entry.offsets[0], right.entry.offsets[1], right.name)
    }

    let dataOffset = reader.offset
    var tensors: [(name: String, tensor: StoredTensor)] = []
    for (name, entry) in entries {
      let place = reader.offset - dataOffset
      guard entry.offsets[0] == place else {
        throw .tensorsNotAdjacent(tensor: name, found: entry.offsets[0], wanted: place)
      }
      let storage = try reader.take(entry.offsets[1] - entry.offsets[0])
      tensors.append((name, try tensor(name, entry, storage)))
    }
    guard reader.remaining == 0 else {
      throw .trailingBytes(offset: reader.offset, count: reader.remaining)
    }
    return tensors
  }

  private static func tensor(
    _ name: String, _ entry: Entry, _ storage: Range<Int>
  ) throws(CheckpointError) -> StoredTensor {
    guard let elementType = ElementType(safetensors: entry.elementType) else {
      throw .unsupportedElementType(tensor: name, found: entry.elementType)
    }
    guard entry.shape.count <= StoredTensor.maximumRank, entry.shape.allSatisfy({ $0 >= 0 }),
      let elementCount = checkedProduct(entry.shape)
    else { throw .malformedShape(tensor: name, shape: entry.shape) }
    let (byteCount, overflow) = elementCount.multipliedReportingOverflow(by: elementType.byteCount)
    guard !overflow, byteCount == storage.count else {
      throw .tensorLength(tensor: name, found: storage.count, wanted: overflow ? .max : byteCount)
    }
    return try StoredTensor(
      name: name, elementType: elementType, shape: entry.shape,
      strides: StoredTensor.contiguousStrides(entry.shape), elementOffset: 0, storage: storage)
  }
}

extension ElementType {
  init?(safetensors name: String) {
    switch name {
    case "F64": self = .float64
    case "F32": self = .float32
    case "F16": self = .float16
    case "BF16": self = .bfloat16
    case "I64": self = .int64
    case "I32": self = .int32
    case "I16": self = .int16
    case "I8": self = .int8
    case "U8": self = .uint8
    case "BOOL": self = .bool
    default: return nil
    }
  }
}
