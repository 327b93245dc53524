import SpadeModel

/// A model file of a few kilobytes, written by hand, with every kind of step: quick to load and to paint with.
///
/// ```
/// labels → first, 8×8          style → first, 2×2          style → bias of the table, labels → first, 8×8
/// normalize 3 → 4
/// windows, hidden, affine      where it has features: statistics, windows, hidden, affine
/// modulate 4 → 7, convolve in tiles and add 4 → 9, modulate with constants → 10, picture       twice, half the rows
/// ```
struct TinyModel {
  private var sections = [[UInt8]](repeating: [], count: Section.count)
  private var buffers: [BufferRecord] = []
  private var steps: [StepRecord] = []
  private var tables: [TableRecord] = []
  private var products: [ProductRecord] = []
  private var norms: [NormRecord] = []
  private var planByteCount = 0
  private var configuration = ConfigurationRecord()
  private var random: UInt32 = 1
  /// Steps before the first tensor's.
  private let lead: Int

  enum Style: CaseIterable {
    case none
    /// The first tensor comes from a style, has a quarter of the pixels, and there are no borders.
    case first
    /// A style goes along with the labels.
    case besideLabels
  }

  /// - Parameter hasFeatures: A and B are made of features.
  init(_ style: Style, hasFeatures: Bool = false) {
    let hasStyle = style == .first
    lead = style == .besideLabels ? 1 : 0
    let side = hasStyle ? 4 : 8
    let first = hasStyle ? side / 2 : side
    configuration.width = UInt32(side)
    configuration.height = UInt32(side)
    configuration.labelCount = 3
    configuration.hasEdges = hasStyle ? 0 : 1
    configuration.styleCount = style == .none ? 0 : 4
    configuration.kernelSize = 3
    configuration.hiddenChannelCount = 16
    configuration.channelUnit = 1
    configuration.doublingCount = 5
    configuration.normalization = 1
    configuration.tapRowCapacity = 600
    configuration.usesWinograd = 1
    let last = 15

    configuration.symbolBuffer = addRaw(side * side * 2, -lead...last)
    configuration.stateBuffer = addRaw(
      StateLayout.byteCount(levelCount: 1, normCount: 2), -lead...last)
    let windowCount = side * side
    let level = level
    // Buffer 2, as the level says.
    _ = addRaw(LevelLayout(level).byteCount, 2...last)
    let start = addTensor(.wide, side: first, rows: first, 0...1)
    let normal = addTensor(.wide, side: first, rows: first, 1...last)
    let moments = MomentLayout(hiddenCount: 16, innerCapacity: windowCount, outerCapacity: windowCount)
    let hidden = addRaw(hasFeatures ? moments.byteCount : (1 + windowCount) * 16, 2...last)
    let affine = addRaw(windowCount * 64, 4...last)
    let codes = addTensor(.codes, side: side, rows: side, 5...last)
    let sum = addTensor(.wide, side: side, rows: side / 2, 6...last)
    let constant = addTensor(.codes, side: side, rows: side / 2, 7...last)
    let workspace = addRaw(
      ModelFormat.winogradByteCount(tileCount: 2, depth: 16), 6...last)
    let styleCodes = style == .none ? 0 : addRaw(48, -lead...0)
    let styleBias = style == .besideLabels ? addRaw(16 * 16 * 2, -1...3) : 0

    addTable()
    let affineProduct = addProduct(
      kernelSize: hasFeatures ? 1 : 3, panelCount: 2, depth: hasFeatures ? 32 : 16)
    let features = hasFeatures ? addFeatures() : nil
    let convolution = addProduct(kernelSize: 3, panelCount: 1)
    let picture = addProduct(kernelSize: 1, panelCount: 1)
    let styleProduct =
      switch style {
      case .none: picture
      case .first: addProduct(kernelSize: 1, panelCount: first * first)
      case .besideLabels: addProduct(kernelSize: 3, panelCount: 1)
      }
    let bias = style == .besideLabels ? BufferIndex(rawValue: styleBias) : nil
    addNorm(
      .windows(
        WindowAffine(
          level: LevelIndex(0), table: TableIndex(0), product: affineProduct, features: features,
          hiddenBuffer: BufferIndex(rawValue: hidden), affineBuffer: BufferIndex(rawValue: affine))))
    addNorm(.constant(append((0..<32).map { _ in Int16(truncatingIfNeeded: next()) >> 1 })))

    let codesOfStyle = BufferIndex(rawValue: styleCodes)
    if hasStyle {
      add(
        .styleFirst(styleProduct, codes: codesOfStyle, output: BufferIndex(rawValue: start)), 0..<first)
    } else {
      if let bias { add(.styleBias(styleProduct, codes: codesOfStyle, bias: bias), 0..<1) }
      add(.labelFirst(TableIndex(0), bias: bias, output: BufferIndex(rawValue: start)), 0..<first)
    }
    add(
      .normalize(
        StepOperation.Normalization(
          input: BufferIndex(rawValue: start), output: BufferIndex(rawValue: normal), scale: 0.01,
          inverseScale: 4000)), 0..<first)
    if hasFeatures { add(.statistics(NormIndex(0)), 0..<side) }
    add(.windows(LevelIndex(0)), 0..<side)
    add(.hidden(NormIndex(0), bias: bias), 0..<side)
    add(.affine(NormIndex(0)), 0..<side)
    let middle = side / 2
    for (made, rows) in [(0..<middle + 1, 0..<middle), (middle + 1..<side, middle..<side)] {
      add(
        .modulate(
          StepOperation.Modulation(
            norm: NormIndex(0), input: BufferIndex(rawValue: normal), inputShift: hasStyle ? 1 : 0,
            output: BufferIndex(rawValue: codes))), made)
      let residual = StepOperation.Residual(
        buffer: BufferIndex(rawValue: normal), shift: hasStyle ? 1 : 0, scale: 0.5)
      add(
        .convolve(
          StepOperation.Convolution(
            product: convolution, input: BufferIndex(rawValue: codes), output: BufferIndex(rawValue: sum),
            residual: residual, workspace: BufferIndex(rawValue: workspace))), rows)
      // Once more in place.
      add(
        .convolve(
          StepOperation.Convolution(
            product: convolution, input: BufferIndex(rawValue: codes), output: BufferIndex(rawValue: sum),
            residual: StepOperation.Residual(buffer: BufferIndex(rawValue: sum), shift: 0, scale: 1))), rows)
      add(
        .modulate(
          StepOperation.Modulation(
            norm: NormIndex(1), input: BufferIndex(rawValue: sum), inputShift: 0,
            output: BufferIndex(rawValue: constant))), rows)
      add(.picture(picture, input: BufferIndex(rawValue: constant)), rows)
    }
    while steps.count <= last + lead { add(.windows(LevelIndex(0)), 0..<side) }
  }

  /// The file, with wrong checksums.
  func file() -> [UInt8] {
    var sections = sections
    var configuration = configuration
    configuration.nameCount = 1
    configuration.bufferCount = UInt32(buffers.count)
    configuration.levelCount = 1
    configuration.tableCount = UInt32(tables.count)
    configuration.productCount = UInt32(products.count)
    configuration.normCount = UInt32(norms.count)
    configuration.stepCount = UInt32(steps.count)
    sections[Section.configuration.rawValue] = bytes([configuration])
    sections[Section.names.rawValue] = [120] + [UInt8](repeating: 0, count: 31)
    sections[Section.buffers.rawValue] = bytes(buffers)
    sections[Section.levels.rawValue] = bytes([level])
    sections[Section.tables.rawValue] = bytes(tables)
    sections[Section.products.rawValue] = bytes(products)
    sections[Section.norms.rawValue] = bytes(norms)
    sections[Section.steps.rawValue] = bytes(steps)
    let pixelCount = Int(configuration.width) * Int(configuration.height)
    let runs = (0..<pixelCount).map { pixel -> UInt32 in
      UInt32((pixel % 3) << 1 | (configuration.hasEdges == 1 ? pixel / 5 % 2 : 0)) | 1 << 16
    }
    let style = [Float](repeating: 0.5, count: Int(configuration.styleCount))
    sections[Section.test.rawValue] =
      bytes([UInt32(0), 0, UInt32(runs.count), 0, 0, 0]) + bytes(style) + bytes(runs)

    var file = [UInt8](repeating: 0, count: ModelFormat.headerByteCount)
    for index in sections.indices {
      sections[index] += [UInt8](
        repeating: 0,
        count: ModelFormat.padded(sections[index].count, to: ModelFormat.alignment) - sections[index].count)
      file.store(
        UInt64(sections[index].count),
        ModelFormat.sectionTableOffset + index * MemoryLayout<SectionRecord>.size)
    }
    for section in sections { file += section }
    file.store(ModelFormat.magic, 0)
    file.store(ModelFormat.version, 8)
    file.store(UInt32(ModelFormat.headerByteCount), 12)
    file.store(UInt64(file.count), 16)
    file.store(UInt32(planByteCount), 24)
    return file
  }

  private var level: LevelRecord {
    var level = LevelRecord()
    level.width = configuration.width
    level.height = configuration.height
    level.innerCapacity = configuration.width * configuration.height
    level.outerCapacity = level.innerCapacity
    level.buffer = 2
    return level
  }

  private mutating func next() -> UInt32 {
    random = random &* 1_664_525 &+ 1_013_904_223
    return random >> 8
  }

  /// - Parameter life: In steps from that of the first tensor.
  private mutating func addRaw(_ byteCount: Int, _ life: ClosedRange<Int>) -> UInt32 {
    var buffer = BufferRecord()
    buffer.offset = UInt32(planByteCount)
    buffer.byteCount = UInt32(byteCount)
    buffer.firstStep = UInt32(life.lowerBound + lead)
    buffer.lastStep = UInt32(life.upperBound + lead)
    planByteCount += ModelFormat.padded(byteCount, to: ModelFormat.alignment)
    buffers.append(buffer)
    return UInt32(buffers.count - 1)
  }

  private mutating func addTensor(
    _ kind: BufferKind, side: Int, rows: Int, _ life: ClosedRange<Int>
  ) -> UInt32 {
    let index = addRaw(kind == .wide ? rows * side * 32 : (rows * side + 1) * 16, life)
    buffers[Int(index)].kind = kind.rawValue
    buffers[Int(index)].width = UInt32(side)
    buffers[Int(index)].height = UInt32(side)
    buffers[Int(index)].rowCapacity = UInt32(rows)
    buffers[Int(index)].channels = 16
    buffers[Int(index)].usedChannels = 16
    buffers[Int(index)].scale = kind == .wide ? 1 : 0
    return index
  }

  /// - Returns: The offset in units of 64 bytes.
  private mutating func append<Value>(_ values: [Value]) -> UInt32 {
    let start = sections[Section.weights.rawValue].count
    let added = bytes(values)
    sections[Section.weights.rawValue] +=
      added + [UInt8](repeating: 0, count: ModelFormat.padded(added.count, to: 64) - added.count)
    return UInt32(start / 64)
  }

  private mutating func addTable() {
    var table = TableRecord()
    let rowCount = 9 * (Int(configuration.labelCount) + Int(configuration.hasEdges))
    table.rows = append((0..<rowCount * 16).map { _ in Int16(truncatingIfNeeded: next()) >> 4 })
    table.bias = append((0..<16).map { _ in Int16(truncatingIfNeeded: next()) >> 4 })
    table.channels = 16
    table.kernelSize = 3
    tables.append(table)
  }

  /// What makes 32 features of 16 hidden channels.
  /// - Returns: The offset in units of 64 bytes.
  private mutating func addFeatures() -> UInt32 {
    let weights = (0..<9 * 32).map { _ in Int16(next() % 647) - 323 }
    let units = (0..<32).map { _ in Float(next() % 1000) / 100_000 }
    return append(bytes(weights) + bytes(units))
  }

  private mutating func addProduct(kernelSize: Int, panelCount: Int, depth: Int = 16) -> ProductIndex {
    var panels: [UInt8] = []
    for _ in 0..<panelCount {
      let weights = (0..<kernelSize * kernelSize * depth * 16).map { _ in
        max(Int8(truncatingIfNeeded: next()), -127)
      }
      let bias = (0..<16).map { _ in Int32(truncatingIfNeeded: next()) >> 12 }
      let unsigned = (0..<16).map { column in
        let own = weights.indices.lazy.filter { $0 / 4 % 16 == column }
        return own.reduce(bias[column]) { $0 - 128 * Int32(weights[$1]) }
      }
      panels += bytes(bias) + bytes(unsigned) + bytes(weights)
    }
    var product = ProductRecord()
    product.panels = append(panels)
    product.panelCount = UInt32(panelCount)
    product.kernelSize = UInt32(kernelSize)
    product.depth = UInt32(depth)
    product.scale = append((0..<16 * panelCount).map { _ in Float(next() % 1000) / 100_000 })
    product.usedDepth = 16
    product.usedColumns = UInt32(16 * panelCount)
    products.append(product)
    return ProductIndex(products.count - 1)
  }

  private mutating func addNorm(_ source: NormSource) {
    var norm = NormRecord()
    norm.channels = 16
    norm.set(source)
    norm.scale = append((0..<16).map { _ in Float(next() % 1000) / 10_000_000 })
    norm.zeroPoint = append((0..<16).map { _ in Float(next() % 64) - 32 })
    norm.biasFactor = 300
    norm.slope = 0.2
    norms.append(norm)
  }

  private mutating func add(_ operation: StepOperation, _ rows: Range<Int>) {
    steps.append(
      StepRecord(Step(operation: operation, rows: rows, name: NameIndex(0), block: NameIndex(0))))
  }
}

private func bytes<Value>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

extension [UInt8] {
  mutating func store<Value>(_ value: Value, _ offset: Int) {
    withUnsafeMutableBytes { $0.storeBytes(of: value, toByteOffset: offset, as: Value.self) }
  }
}
