import FoundationEssentials

/// The directory of a zip archive with stored entries. Source: PKWARE APPNOTE 6.3.10, with zip64.
struct ZipArchive {
  struct Entry {
    var name: String
    var flags: UInt16
    var method: UInt16
    var checksum: UInt32
    var packedByteCount: Int
    var byteCount: Int
    var headerOffset: Int
  }

  let bytes: Data
  private(set) var entries: [String: Entry] = [:]
  /// Entries lie before this byte.
  private let directory: Range<Int>

  init(_ bytes: Data) throws(CheckpointError) {
    self.bytes = bytes
    let (directory, count) = try Self.findDirectory(bytes)
    self.directory = directory
    var reader = ByteReader(bytes, in: directory)
    for _ in 0..<count {
      let entry = try Self.readEntry(&reader)
      guard entries.updateValue(entry, forKey: entry.name) == nil else {
        throw .zipEntryRepeated(name: entry.name)
      }
    }
    guard reader.remaining == 0 else {
      throw .trailingBytes(offset: reader.offset, count: reader.remaining)
    }
  }

  /// The content's place in the file; its checksum is not looked at.
  func place(of name: String) throws(CheckpointError) -> Range<Int> {
    guard let entry = entries[name] else { throw .zipEntryMissing(name: name) }
    guard entry.flags & 1 == 0 else { throw .zipEntryEncrypted(name: name) }
    guard entry.method == 0 else { throw .zipEntryPacked(name: name, method: Int(entry.method)) }
    guard entry.headerOffset < directory.lowerBound, entry.packedByteCount == entry.byteCount else {
      throw .malformedZip(offset: entry.headerOffset)
    }
    var reader = ByteReader(bytes, in: entry.headerOffset..<directory.lowerBound)
    guard try reader.integer(UInt32.self) == 0x0403_4b50 else {
      throw .malformedZip(offset: entry.headerOffset)
    }
    _ = try reader.take(22)
    let nameLength = Int(try reader.integer(UInt16.self))
    let extraLength = Int(try reader.integer(UInt16.self))
    _ = try reader.take(nameLength + extraLength)
    return try reader.take(entry.byteCount)
  }

  /// The content's place in the file, its checksum verified.
  func contents(of name: String) throws(CheckpointError) -> Range<Int> {
    let range = try place(of: name)
    let checksum = CRC32.checksum(bytes, in: range)
    guard let entry = entries[name], checksum == entry.checksum else {
      throw .zipChecksum(name: name, found: checksum, wanted: entries[name]?.checksum ?? 0)
    }
    return range
  }

  /// Checks that no byte belongs to two of these entries, then their checksums: linear in the file's length.
  func verify(_ names: [String]) throws(CheckpointError) {
    var places: [(name: String, range: Range<Int>)] = []
    for name in names { places.append((name, try place(of: name))) }
    places.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    for (place, next) in zip(places, places.dropFirst()) {
      guard place.range.upperBound <= next.range.lowerBound else {
        throw .zipEntriesOverlap(name: next.name, offset: next.range.lowerBound)
      }
    }
    for place in places { _ = try contents(of: place.name) }
  }

  /// The central directory's bytes and its number of entries.
  private static func findDirectory(_ bytes: Data) throws(CheckpointError) -> (Range<Int>, Int) {
    let endByteCount = 22
    let earliest = max(0, bytes.count - endByteCount - 0xFFFF)
    var end = bytes.count - endByteCount
    while end >= earliest, !isEnd(bytes, at: end) { end -= 1 }
    guard end >= earliest else { throw .zipDirectoryMissing }

    var reader = ByteReader(bytes, in: end..<bytes.count)
    _ = try reader.take(4)
    let disks = try reader.integer(UInt32.self)
    let countHere = try reader.integer(UInt16.self)
    let count = try reader.integer(UInt16.self)
    let byteCount = try reader.integer(UInt32.self)
    let offset = try reader.integer(UInt32.self)
    if count == .max || byteCount == .max || offset == .max {
      return try findDirectory64(bytes, end: end)
    }
    guard disks == 0, countHere == count else { throw .malformedZip(offset: end) }
    return (try checkedDirectory(offset: Int(offset), byteCount: Int(byteCount), end: end), Int(count))
  }

  /// Whether an end record starts here and its comment ends with the file.
  private static func isEnd(_ bytes: Data, at offset: Int) -> Bool {
    guard offset >= 0, bytes[offset] == 0x50, bytes[offset + 1] == 0x4b, bytes[offset + 2] == 0x05,
      bytes[offset + 3] == 0x06
    else { return false }
    return offset + 22 + Int(bytes[offset + 20]) + Int(bytes[offset + 21]) << 8 == bytes.count
  }

  private static func findDirectory64(_ bytes: Data, end: Int) throws(CheckpointError) -> (Range<Int>, Int) {
    let locator = end - 20
    guard locator >= 0 else { throw .zipDirectoryMissing }
    var reader = ByteReader(bytes, in: locator..<end)
    guard try reader.integer(UInt32.self) == 0x0706_4b50 else { throw .malformedZip(offset: locator) }
    _ = try reader.take(4)
    let record = try reader.count64()
    guard record < locator else { throw .malformedZip(offset: locator) }

    reader = ByteReader(bytes, in: record..<locator)
    guard try reader.integer(UInt32.self) == 0x0606_4b50 else { throw .malformedZip(offset: record) }
    _ = try reader.take(20)
    let countHere = try reader.count64()
    let count = try reader.count64()
    let byteCount = try reader.count64()
    let offset = try reader.count64()
    guard countHere == count else { throw .malformedZip(offset: record) }
    return (try checkedDirectory(offset: offset, byteCount: byteCount, end: record), count)
  }

  private static func checkedDirectory(
    offset: Int, byteCount: Int, end: Int
  ) throws(CheckpointError) -> Range<Int> {
    guard offset <= end, byteCount <= end - offset else { throw .malformedZip(offset: end) }
    return offset..<offset + byteCount
  }

  private static func readEntry(_ reader: inout ByteReader) throws(CheckpointError) -> Entry {
    let start = reader.offset
    guard try reader.integer(UInt32.self) == 0x0201_4b50 else { throw .malformedZip(offset: start) }
    _ = try reader.take(4)
    let flags = try reader.integer(UInt16.self)
    let method = try reader.integer(UInt16.self)
    _ = try reader.take(4)
    let checksum = try reader.integer(UInt32.self)
    let packedByteCount = try reader.integer(UInt32.self)
    let byteCount = try reader.integer(UInt32.self)
    let nameLength = Int(try reader.integer(UInt16.self))
    let extraLength = Int(try reader.integer(UInt16.self))
    let commentLength = Int(try reader.integer(UInt16.self))
    _ = try reader.take(8)
    let headerOffset = try reader.integer(UInt32.self)
    var entry = Entry(
      name: try reader.text(nameLength), flags: flags, method: method, checksum: checksum,
      packedByteCount: Int(packedByteCount), byteCount: Int(byteCount), headerOffset: Int(headerOffset))

    let extraRange = try reader.take(extraLength)
    if byteCount == .max || packedByteCount == .max || headerOffset == .max {
      var extra = try find64(ByteReader(reader.bytes, in: extraRange), entryOffset: start)
      if byteCount == .max { entry.byteCount = try extra.count64() }
      if packedByteCount == .max { entry.packedByteCount = try extra.count64() }
      if headerOffset == .max { entry.headerOffset = try extra.count64() }
    }
    _ = try reader.take(commentLength)
    return entry
  }

  /// The zip64 field among an entry's extra fields.
  private static func find64(
    _ extras: ByteReader, entryOffset: Int
  ) throws(CheckpointError) -> ByteReader {
    var extras = extras
    while extras.remaining > 0 {
      let kind = try extras.integer(UInt16.self)
      let range = try extras.take(Int(try extras.integer(UInt16.self)))
      if kind == 1 { return ByteReader(extras.bytes, in: range) }
    }
    throw .malformedZip(offset: entryOffset)
  }
}
