extension Model {
  /// Checks counts against sections, and every record on its own.
  func checkRecords() throws(ModelError) {
    try checkConfiguration()
    try checkCount(.names, ModelFormat.nameByteCount, configuration.nameCount)
    try checkCount(.buffers, MemoryLayout<BufferRecord>.stride, configuration.bufferCount)
    try checkCount(.levels, MemoryLayout<LevelRecord>.stride, configuration.levelCount)
    try checkCount(.tables, MemoryLayout<TableRecord>.stride, configuration.tableCount)
    try checkCount(.products, MemoryLayout<ProductRecord>.stride, configuration.productCount)
    try checkCount(.norms, MemoryLayout<NormRecord>.stride, configuration.normCount)
    try checkCount(.steps, MemoryLayout<StepRecord>.stride, configuration.stepCount)
    guard Int(configuration.metadataByteCount) <= section(.metadata).count else { throw .badMetadata }
    for index in 0..<bufferCount { try checkBuffer(index) }
    for index in 0..<levelCount { try checkLevel(index) }
    for index in 0..<tableCount { try checkTable(index) }
    for index in 0..<productCount { try checkProduct(index) }
    for index in 0..<normCount { try checkNorm(index) }
  }

  private func checkCount(_ section: Section, _ stride: Int, _ count: UInt32) throws(ModelError) {
    let given = self.section(section).count
    guard given / stride >= Int(count) else {
      throw .sectionTooShort(section: section.rawValue, byteCount: given, required: Int(count) * stride)
    }
  }

  private func checkConfiguration() throws(ModelError) {
    let c = configuration
    func require(_ condition: Bool, _ field: Int, _ value: UInt32) throws(ModelError) {
      if !condition { throw .badConfiguration(field: field, value: value) }
    }
    try require((1...4096).contains(c.width), 0, c.width)
    try require((1...4096).contains(c.height), 1, c.height)
    try require((1...16384).contains(c.labelCount), 2, c.labelCount)
    try require(c.unknownLabel == ModelFormat.none || c.unknownLabel < c.labelCount, 3, c.unknownLabel)
    try require(c.hasEdges <= 1, 4, c.hasEdges)
    try require(c.styleCount <= 4096, 5, c.styleCount)
    try require(isKernelSize(c.kernelSize), 6, c.kernelSize)
    try require(isChannelCount(c.hiddenChannelCount), 7, c.hiddenChannelCount)
    try require((1...4096).contains(c.channelUnit), 8, c.channelUnit)
    try require((5...7).contains(c.doublingCount), 9, c.doublingCount)
    try require(c.normalization <= 1, 10, c.normalization)
    // Some rules compare every record with every other; the limits keep that quick for any file.
    let limit = ModelFormat.recordLimit
    try require(c.nameCount >= 1 && c.nameCount <= limit, 11, c.nameCount)
    try require(c.bufferCount <= limit, 12, c.bufferCount)
    try require(c.levelCount <= limit, 13, c.levelCount)
    try require(c.tableCount <= limit, 14, c.tableCount)
    try require(c.productCount <= limit, 15, c.productCount)
    try require(c.normCount <= limit, 16, c.normCount)
    try require(c.stepCount <= ModelFormat.stepLimit, 17, c.stepCount)
    try require(c.encoderChannelUnit <= 1024, 21, c.encoderChannelUnit)
    try require(c.encoderChannelUnit == 0 || c.styleCount > 0, 21, c.encoderChannelUnit)
    try require(c.tapRowCapacity <= UInt32(ModelFormat.windowLimit), 24, c.tapRowCapacity)
    try require(c.usesWinograd <= 1, 25, c.usesWinograd)
    try checkCount(.buffers, MemoryLayout<BufferRecord>.stride, c.bufferCount)
    try require(isRaw(c.symbolBuffer, byteCount: width * height * 2), 19, c.symbolBuffer)
    let stateByteCount = StateLayout.byteCount(levelCount: Int(c.levelCount), normCount: Int(c.normCount))
    try require(isRaw(c.stateBuffer, byteCount: stateByteCount), 20, c.stateBuffer)
    try require(livesForever(c.symbolBuffer), 19, c.symbolBuffer)
    try require(livesForever(c.stateBuffer), 20, c.stateBuffer)
  }

  private func livesForever(_ index: UInt32) -> Bool {
    let b = buffer(Int(index))
    return b.firstStep == 0 && Int(b.lastStep) == stepCount - 1
  }

  func isKernelSize(_ size: UInt32) -> Bool { size == 1 || size == 3 || size == 5 || size == 7 }

  func isChannelCount(_ count: UInt32) -> Bool {
    count > 0 && count <= 65536 && count % UInt32(ModelFormat.channelBlock) == 0
  }

  private func checkBuffer(_ index: Int) throws(ModelError) {
    let b = buffer(index)
    func require(_ condition: Bool, _ rule: ModelError.BufferRule) throws(ModelError) {
      if !condition { throw .badBuffer(index: index, rule: rule) }
    }
    guard let kind = BufferKind(rawValue: b.kind) else { throw .badBuffer(index: index, rule: .kind) }
    try require(Int(b.offset) % ModelFormat.alignment == 0, .alignment)
    try require(Int(b.offset) + Int(b.byteCount) <= planByteCount, .outsideArena)
    // Byte offsets inside a buffer are 32-bit in the kernels.
    try require(b.byteCount <= UInt32(Int32.max), .size)
    try require(b.firstStep <= b.lastStep && b.lastStep < configuration.stepCount, .lifetime)
    try require(b.name < configuration.nameCount, .kind)
    if kind == .raw {
      try require(rawUserCount(UInt32(index)) <= 1, .shared)
    } else {
      try require(isChannelCount(b.channels) && b.usedChannels <= b.channels, .dimensions)
      try require((1...4096).contains(b.width) && (1...4096).contains(b.height), .dimensions)
      try require((1...b.height).contains(b.rowCapacity), .dimensions)
      let pixels = Int(b.rowCapacity) * Int(b.width)
      let required = kind == .wide ? pixels * Int(b.channels) * 2 : (pixels + 1) * Int(b.channels)
      try require(required <= Int(b.byteCount), .size)
      if kind == .wide { try require(b.scale.isFinite && b.scale > 0, .dimensions) }
    }
    for other in 0..<index {
      let o = buffer(other)
      let together = b.firstStep <= o.lastStep && o.firstStep <= b.lastStep
      let apart =
        Int(b.offset) + Int(b.byteCount) <= Int(o.offset) || Int(o.offset) + Int(o.byteCount) <= Int(b.offset)
      try require(!together || apart, .overlap)
    }
  }

  /// Who lays out a raw buffer: the symbols, the state, a level, a norm's activations or affines, the style's codes, or
  /// convolutions as their workspace. Two of them would write what the other trusts.
  private func rawUserCount(_ buffer: UInt32) -> Int {
    var count = 0
    func add(_ user: UInt32) { if user == buffer { count += 1 } }
    add(configuration.symbolBuffer)
    add(configuration.stateBuffer)
    for index in 0..<levelCount { add(level(index).buffer) }
    for index in 0..<normCount {
      add(norm(index).hiddenBuffer)
      add(norm(index).affineBuffer)
    }
    for index in 0..<stepCount where step(index).kind == StepKind.styleFirst.rawValue {
      add(step(index).input)
    }
    // Nothing in a workspace outlives its step, so steps may share one.
    for index in 0..<stepCount where step(index).workspace == buffer { return count + 1 }
    return count
  }

  private func checkLevel(_ index: Int) throws(ModelError) {
    let l = level(index)
    let sizes: ClosedRange<UInt32> = 1...4096
    guard sizes.contains(l.width), sizes.contains(l.height), l.shift < 12,
      Int(l.width) << Int(l.shift) == width, Int(l.height) << Int(l.shift) == height,
      l.innerCapacity > 0, l.outerCapacity > 0, Int(l.innerCapacity) < ModelFormat.windowLimit,
      Int(l.outerCapacity) < ModelFormat.windowLimit, isRaw(l.buffer, byteCount: LevelLayout(l).byteCount)
    else { throw .badLevel(index: index) }
  }

  private func checkTable(_ index: Int) throws(ModelError) {
    let t = table(index)
    guard isChannelCount(t.channels), isKernelSize(t.kernelSize) else { throw .badTable(index: index) }
    let taps = Int(t.kernelSize * t.kernelSize)
    let rowCount = taps * labelCount + (hasEdges ? taps : 0)
    guard rowCount * Int(t.channels) <= Int(Int32.max) else { throw .badTable(index: index) }
    try checkWeights(t.rows, byteCount: rowCount * Int(t.channels) * 2, .tables, index)
    try checkWeights(t.bias, byteCount: Int(t.channels) * 2, .tables, index)
  }

  private func checkProduct(_ index: Int) throws(ModelError) {
    let p = product(index)
    guard isKernelSize(p.kernelSize), isChannelCount(p.depth), p.panelCount > 0, p.panelCount < 1 << 24,
      p.name < configuration.nameCount
    else { throw .badProduct(index: index) }
    let taps = Int(p.kernelSize * p.kernelSize)
    let panelByteCount = ModelFormat.panelByteCount(tapCount: taps, depth: Int(p.depth))
    try checkWeights(p.panels, byteCount: Int(p.panelCount) * panelByteCount, .products, index)
    try checkScales(p.scale, count: Int(p.panelCount) * ModelFormat.panelColumns, .products, index)
  }

  private func checkNorm(_ index: Int) throws(ModelError) {
    let n = norm(index)
    guard isChannelCount(n.channels), (1...32767).contains(n.biasFactor), n.slope >= 0, n.slope <= 1,
      n.name < configuration.nameCount
    else { throw .badNorm(index: index) }
    try checkScales(n.scale, count: Int(n.channels), .norms, index)
    try checkWeights(n.zeroPoint, byteCount: Int(n.channels) * 4, .norms, index)
    for channel in 0..<Int(n.channels) {
      let zeroPoint = weights(n.zeroPoint).load(fromByteOffset: 4 * channel, as: Float.self)
      guard zeroPoint >= -128, zeroPoint <= 127, zeroPoint == zeroPoint.rounded() else {
        throw .badScale(section: Section.norms.rawValue, index: index, column: channel)
      }
    }
    if n.level == ModelFormat.none {
      try checkWeights(n.constant, byteCount: Int(n.channels) * 4, .norms, index)
      return
    }
    guard n.level < configuration.levelCount, n.table < configuration.tableCount,
      n.product < configuration.productCount
    else { throw .badNorm(index: index) }
    let level = self.level(Int(n.level))
    let table = self.table(Int(n.table))
    let product = self.product(Int(n.product))
    guard table.kernelSize == configuration.kernelSize, product.kernelSize == configuration.kernelSize,
      table.channels == configuration.hiddenChannelCount, product.depth == configuration.hiddenChannelCount,
      Int(product.panelCount) * ModelFormat.panelColumns == 2 * Int(n.channels),
      isRaw(n.hiddenBuffer, byteCount: (1 + Int(level.innerCapacity)) * Int(table.channels)),
      isRaw(n.affineBuffer, byteCount: Int(level.outerCapacity) * Int(n.channels) * 4)
    else { throw .badNorm(index: index) }
  }

  private func isRaw(_ index: UInt32, byteCount: Int) -> Bool {
    guard index < configuration.bufferCount else { return false }
    let b = buffer(Int(index))
    return b.kind == BufferKind.raw.rawValue && Int(b.byteCount) >= byteCount
  }

  private func checkWeights(
    _ offset: UInt32, byteCount: Int, _ section: Section, _ index: Int
  ) throws(ModelError) {
    guard Int(offset) * ModelFormat.alignment + byteCount <= self.section(.weights).count else {
      throw .weightsOutOfRange(section: section.rawValue, index: index)
    }
  }

  /// Scales keep every conversion to an integer in range: 0 … 0.5.
  private func checkScales(
    _ offset: UInt32, count: Int, _ section: Section, _ index: Int
  ) throws(ModelError) {
    try checkWeights(offset, byteCount: count * 4, section, index)
    let scales = weights(offset)
    for column in 0..<count {
      let scale = scales.load(fromByteOffset: 4 * column, as: Float.self)
      guard scale >= 0, scale <= 0.5 else {
        throw .badScale(section: section.rawValue, index: index, column: column)
      }
    }
  }
}
