import SpadeModel
import SpadeRuntime

/// Changes a tiny model file, makes its checksums anew, loads it, and paints with two instruction sets in arenas that held
/// other bytes before: the pictures are the same.
///
/// Input: a byte that picks the file, one that picks the instruction sets, then changes of eight bytes: the section, where a
/// record's or a value's 32 bits lie in it, what is done, and a number.
func fuzzModel(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  var input = Input(data, count)
  let base = models[Int(input.next(UInt8.self)) % models.count]
  let choice = Int(input.next(UInt8.self))
  let file = AlignedBytes(base)
  while !input.isEmpty { file.change(&input) }
  file.seal()
  guard let model = try? Model(checking: UnsafeRawBufferPointer(file.bytes)) else { return 0 }
  for index in 0..<model.stepCount { _ = model.step(StepIndex(index)).operation.kind }
  // A larger arena is a matter of what the caller grants.
  guard Runtime.arenaByteCount(model: model, threadCount: 1) < 1 << 20, model.stepCount < 64 else { return 0 }
  let (one, two) = pair(choice)
  require(picture(model, one, fill: 0xA5) == picture(model, two, fill: 0x5A), "two pictures of one file")
  return 0
}

private let models = (TinyModel.Style.allCases.map { TinyModel($0) } + [TinyModel(.none, hasFeatures: true)])
  .map { tiny in
    let model = tiny.file()
    let file = AlignedBytes(model)
    file.seal()
    do { _ = try Model(checking: UnsafeRawBufferPointer(file.bytes)) } catch {
      require(false, "the model to change is refused itself: \(error)")
    }
    return model
  }
private let kernels = (0..<KernelSet.count).compactMap { KernelSet.supported(at: $0) }

/// Two different sets. The scalar one, which takes as long as ten others, is among them an eighth of the time, or where there are
/// only two.
private func pair(_ choice: Int) -> (KernelSet, KernelSet) {
  let vectors = kernels.dropFirst()
  guard choice % 8 > 0, vectors.count > 1 else {
    return (kernels[0], kernels[1 + choice / 8 % vectors.count])
  }
  let first = choice % vectors.count
  let second = (first + 1 + choice / 8 % (vectors.count - 1)) % vectors.count
  return (vectors[1 + first], vectors[1 + second])
}

// Safe: libFuzzer calls its target on one thread.
nonisolated(unsafe) private var arenas: [Int: AlignedBytes] = [:]

/// Most models have the arena of the one before, and taking memory from the system is half of a run.
private func arena(_ byteCount: Int) -> AlignedBytes {
  if let arena = arenas[byteCount] { return arena }
  if arenas.count == 16 { arenas = [:] }
  let arena = AlignedBytes([UInt8](repeating: 0, count: byteCount))
  arenas[byteCount] = arena
  return arena
}

/// One frame of the model's test case.
private func picture(_ model: Model, _ kernels: KernelSet, fill: UInt8) -> [UInt8] {
  let arena = arena(Runtime.arenaByteCount(model: model, threadCount: 1))
  arena.bytes.initializeMemory(as: UInt8.self, repeating: fill)
  var ids = [UInt16](repeating: 0, count: model.width * model.height)
  var edges = [UInt8](repeating: 0, count: ids.count)
  ids.withUnsafeMutableBufferPointer { ids in
    edges.withUnsafeMutableBufferPointer { edges in model.copyTestMap(ids: ids, edges: edges) }
  }
  var picture = [UInt8](repeating: fill, count: model.pictureByteCount)
  do {
    var runtime = try Runtime(model: model, arena: arena.bytes, kernels: kernels, threadCount: 1)
    try picture.withUnsafeMutableBufferPointer { picture in
      try ids.withUnsafeBufferPointer { ids in
        try edges.withUnsafeBufferPointer { edges in
          try runtime.begin(
            labels: ids, edges: model.hasEdges ? edges : nil, style: model.testStyle, picture: picture)
        }
      }
      runtime.run()
    }
  } catch {
    fatalError("a checked model is refused: \(error)")
  }
  // The runtime's threads live in the arena until the runtime has ended.
  withExtendedLifetime(arena) {}
  return picture
}

/// Bytes of their own, as long as they are and no longer, so that reads beyond them are noticed.
private final class AlignedBytes {
  let bytes: UnsafeMutableRawBufferPointer

  init(_ contents: [UInt8]) {
    bytes = .allocate(byteCount: contents.count, alignment: ModelFormat.alignment)
    bytes.copyBytes(from: contents)
  }

  deinit { bytes.deallocate() }

  private func range(_ section: Int) -> Range<Int> {
    var start = ModelFormat.headerByteCount
    for index in 0..<section { start += byteCount(index) }
    return start..<start + byteCount(section)
  }

  private func byteCount(_ section: Int) -> Int {
    Int(
      bytes.load(
        fromByteOffset: ModelFormat.sectionTableOffset + section * MemoryLayout<SectionRecord>.size,
        as: UInt64.self))
  }

  func change(_ input: inout Input) {
    let section = Int(input.next(UInt8.self)) % (Section.count + 1)
    let word = Int(input.next(UInt16.self))
    let action = input.next(UInt8.self)
    let value = input.next(UInt32.self)
    // Past the sections: the bytes of the plan.
    let range = section == Section.count ? 24..<28 : range(section)
    guard range.count >= 4 else { return }
    let offset = range.lowerBound + word % (range.count / 4) * 4
    let old = bytes.load(fromByteOffset: offset, as: UInt32.self)
    let new =
      switch action % 6 {
      case 0: value
      case 1: old &+ value
      case 2: old &- value
      case 3: old ^ (1 << (value % 32))
      case 4:
        bytes.load(fromByteOffset: range.lowerBound + Int(value) % (range.count / 4) * 4, as: UInt32.self)
      default: old &* value
      }
    bytes.storeBytes(of: new, toByteOffset: offset, as: UInt32.self)
  }

  /// Makes all checksums right.
  func seal() {
    for section in 0..<Section.count {
      let checksum = Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[range(section)]))
      bytes.storeBytes(
        of: checksum,
        toByteOffset: ModelFormat.sectionTableOffset + section * MemoryLayout<SectionRecord>.size + 8,
        as: UInt64.self)
    }
    let header = UnsafeRawBufferPointer(rebasing: bytes[..<ModelFormat.headerChecksumOffset])
    bytes.storeBytes(
      of: Checksum.of(header), toByteOffset: ModelFormat.headerChecksumOffset, as: UInt64.self)
  }
}
