import FoundationEssentials

/// PyTorch's zip archive: `<prefix>/data.pkl` and each storage as `<prefix>/data/<key>`.
enum ZipCheckpoint {
  static func read(_ bytes: Data) throws(CheckpointError) -> [(name: String, tensor: StoredTensor)] {
    let archive = try ZipArchive(bytes)
    let pickles = archive.entries.keys.filter { $0.hasSuffix("/data.pkl") }.sorted()
    guard let pickleName = pickles.first else { throw .zipEntryMissing(name: "data.pkl") }
    guard pickles.count == 1 else { throw .zipEntryRepeated(name: pickles[1]) }
    let prefix = pickleName.dropLast("data.pkl".count)

    let orderName = "\(prefix)byteorder"
    if archive.entries[orderName] != nil {
      let order = bytes[try archive.contents(of: orderName)]
      guard order.elementsEqual("little".utf8) else { throw .bigEndian }
    }

    var reader = ByteReader(bytes, in: try archive.contents(of: pickleName))
    var machine = PickleMachine()
    let state = try machine.run(&reader)
    guard reader.remaining == 0 else {
      throw .trailingBytes(offset: reader.offset, count: reader.remaining)
    }

    let names = machine.storages.map { "\(prefix)data/\($0.key)" }
    try archive.verify(names + [pickleName])
    var places: [Range<Int>] = []
    for (name, storage) in zip(names, machine.storages) {
      let range = try archive.place(of: name)
      let (byteCount, overflow) = storage.elementCount.multipliedReportingOverflow(
        by: storage.elementType.byteCount)
      guard !overflow, range.count == byteCount else {
        throw .storageLength(
          storage: storage.key, found: range.count, wanted: overflow ? .max : byteCount)
      }
      places.append(range)
    }
    return try machine.storedTensors(state, places: places)
  }
}
