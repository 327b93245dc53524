extension Model {
  /// Checks counts against sections, and every record on its own.
  func checkRecords() throws(ModelError) {
    try checkConfiguration()
    try checkCount(.names, ModelFormat.nameByteCount, configuration.nameCount)
    try checkCount(.levels, MemoryLayout<LevelRecord>.stride, configuration.levelCount)
    try checkCount(.tables, MemoryLayout<TableRecord>.stride, configuration.tableCount)
    try checkCount(.products, MemoryLayout<ProductRecord>.stride, configuration.productCount)
    try checkCount(.norms, MemoryLayout<NormRecord>.stride, configuration.normCount)
    try checkCount(.steps, MemoryLayout<StepRecord>.stride, configuration.stepCount)
    guard Int(configuration.metadataByteCount) <= section(.metadata).count else { throw .badMetadata }
    try checkBuffers()
    for index in 0..<levelCount {
      do throws(LevelRule) { try checkLevel(level(index)) } catch {
        throw .badLevel(index: index, rule: error)
      }
    }
    var weights = WeightBudget(byteCount: section(.weights).count)
    for index in 0..<tableCount {
      do throws(TableRule) {
        try checkTable(table(index), &weights)
      } catch { throw .badTable(index: index, rule: error) }
      try weights.check()
    }
    for index in 0..<productCount {
      do throws(ProductRule) {
        try checkProduct(product(index), &weights)
      } catch { throw .badProduct(index: index, rule: error) }
      try weights.check()
      try checkColumns(product: index)
    }
    for index in 0..<normCount {
      do throws(NormRule) { try checkNorm(norm(index), &weights) } catch {
        throw .badNorm(index: index, rule: error)
      }
      try weights.check()
      try checkColumns(norm: index)
    }
  }

  func checkCount(_ section: Section, _ stride: Int, _ count: UInt32) throws(ModelError) {
    let given = self.section(section).count
    guard given / stride >= Int(count) else {
      throw .sectionTooShort(section: section, byteCount: given, required: Int(count) * stride)
    }
  }

  func isName(_ index: UInt32) -> Bool { index < configuration.nameCount }

  func isKernelSize(_ size: UInt32) -> Bool { size == 1 || size == 3 || size == 5 || size == 7 }

  func isChannelCount(_ count: UInt32) -> Bool {
    count > 0 && count <= 65536 && count % UInt32(ModelFormat.channelBlock) == 0
  }

  func isRaw(_ index: UInt32, byteCount: Int) -> Bool {
    guard index < configuration.bufferCount else { return false }
    let b = buffer(Int(index))
    return b.kind == BufferKind.raw.rawValue && Int(b.byteCount) >= byteCount
  }
}

/// The bytes of the weights section that records have pointed to. No two share any, or a small file could make the
/// loader check its weights a thousand times.
struct WeightBudget {
  let byteCount: Int
  private var left: Int

  init(byteCount: Int) {
    self.byteCount = byteCount
    left = byteCount
  }

  /// Takes what a record points to.
  /// - Returns: Whether it lies inside the section.
  mutating func take(_ offset: UInt32, byteCount: Int) -> Bool {
    left -= ModelFormat.padded(byteCount, to: ModelFormat.alignment)
    return Int(offset) * ModelFormat.alignment + byteCount <= self.byteCount
  }

  func check() throws(ModelError) {
    guard left >= 0 else { throw .sharedWeights }
  }
}
