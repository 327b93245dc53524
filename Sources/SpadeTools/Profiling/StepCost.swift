import SpadeModel

/// What a step of one frame had to do.
package struct StepCost {
  /// Multiply-adds as dense convolutions of the one-hot label map.
  package private(set) var denseProductCount: UInt64 = 0
  /// Multiply-adds done.
  package private(set) var productCount: UInt64 = 0
  /// An estimate of the bytes moved: what the step reads and writes, every byte once, as if caches held what is used
  /// again. Weights count at every step that reads them.
  package private(set) var byteCount = 0
  /// The level's distinct windows, for the steps of SPADE layers.
  let windows: (inner: Int, outer: Int)
  /// Whether a step of kind `hidden` or `affine` was needed.
  let isMade: Bool

  /// - Parameter productCount: Multiply-adds done, as the runtime counts them.
  init(
    _ step: StepRecord, _ model: Model, productCount: UInt64, windows: (inner: Int, outer: Int), isMade: Bool
  ) {
    self.productCount = productCount
    self.windows = windows
    self.isMade = isMade
    // Safe: the loader accepts known kinds only.
    switch StepKind(rawValue: step.kind).unsafelyUnwrapped {
    case .windows: countWindows(step, model)
    case .hidden: countHidden(step, model, windows.inner, isMade)
    case .affine: countAffine(step, model, windows, isMade)
    case .modulate: countModulation(step, model, windows.outer)
    case .convolve, .picture: countConvolution(step, model)
    case .normalize: byteCount = 2 * model.wideByteCount(step.input, rows: model.rowCount(step))
    case .labelFirst: countFirst(step, model)
    case .styleFirst:
      let product = model.product(Int(step.operand))
      denseProductCount = UInt64(product.usedDepth) * UInt64(product.usedColumns)
      byteCount = product.weightByteCount + 2 * Int(product.depth) + Int(product.panelCount) * 16 * 2
    }
  }

  /// Symbols are read; inner and outer numbers are written.
  private mutating func countWindows(_ step: StepRecord, _ model: Model) {
    byteCount = model.rowCount(step) * Int(model.level(Int(step.operand)).width) * 6
  }

  private mutating func countHidden(_ step: StepRecord, _ model: Model, _ inner: Int, _ isMade: Bool) {
    let norm = model.norm(Int(step.operand))
    let table = model.table(Int(norm.table))
    let product = model.product(Int(norm.product))
    let taps = Int(table.kernelSize * table.kernelSize)
    denseProductCount = UInt64(
      model.pixelCount(step, norm) * taps * Int(product.usedDepth) * model.inputChannelCount)
    guard isMade else { return }
    let rows = min(inner, model.inputChannelCount) * taps
    byteCount = (rows * 2 + inner) * Int(table.channels)
  }

  private mutating func countAffine(
    _ step: StepRecord, _ model: Model, _ windows: (inner: Int, outer: Int), _ isMade: Bool
  ) {
    let norm = model.norm(Int(step.operand))
    let product = model.product(Int(norm.product))
    denseProductCount = UInt64(model.pixelCount(step, norm)) * product.rowProductCount
    guard isMade else { return }
    byteCount =
      product.weightByteCount + (1 + windows.inner) * Int(product.depth)
      + windows.outer * Int(norm.channels) * 4
  }

  private mutating func countModulation(_ step: StepRecord, _ model: Model, _ outer: Int) {
    let norm = model.norm(Int(step.operand))
    let output = model.buffer(Int(step.output))
    let pixels = model.rowCount(step) * Int(output.width)
    let isPlain = norm.level == ModelFormat.none
    byteCount =
      model.wideByteCount(step.input, rows: max(model.rowCount(step) >> Int(step.inputShift), 1))
      + (isPlain ? 0 : pixels * 2) + (isPlain ? 1 : min(outer, pixels)) * Int(norm.channels) * 4
      + pixels * Int(output.channels)
  }

  private mutating func countConvolution(_ step: StepRecord, _ model: Model) {
    let product = model.product(Int(step.operand))
    let input = model.buffer(Int(step.input))
    let rows = model.rowCount(step)
    denseProductCount = UInt64(rows) * UInt64(input.width) * product.rowProductCount
    let read = min(rows + Int(product.kernelSize) - 1, Int(input.height))
    byteCount = product.weightByteCount + read * Int(input.width) * Int(input.channels)
    if step.kind == StepKind.picture.rawValue {
      byteCount += rows * Int(input.width) * 3
    } else {
      byteCount += model.wideByteCount(step.output, rows: rows)
    }
    if step.residual != ModelFormat.none {
      byteCount += model.wideByteCount(step.residual, rows: max(rows >> Int(step.residualShift), 1))
    }
  }

  private mutating func countFirst(_ step: StepRecord, _ model: Model) {
    let table = model.table(Int(step.operand))
    let output = model.buffer(Int(step.output))
    let taps = Int(table.kernelSize * table.kernelSize)
    let pixels = model.rowCount(step) * Int(output.width)
    denseProductCount = UInt64(pixels * Int(output.usedChannels) * taps * model.inputChannelCount)
    byteCount =
      pixels * 2 + min(pixels, model.inputChannelCount) * taps * Int(table.channels) * 2
      + model.wideByteCount(step.output, rows: model.rowCount(step))
  }
}

extension Model {
  func rowCount(_ step: StepRecord) -> Int { Int(step.rowEnd - step.rowStart) }

  fileprivate func pixelCount(_ step: StepRecord, _ norm: NormRecord) -> Int {
    rowCount(step) * Int(level(Int(norm.level)).width)
  }

  fileprivate func wideByteCount(_ index: UInt32, rows: Int) -> Int {
    let record = buffer(Int(index))
    return rows * Int(record.width) * Int(record.channels) * 2
  }
}

extension ProductRecord {
  /// Multiply-adds of one row.
  var rowProductCount: UInt64 {
    UInt64(kernelSize) * UInt64(kernelSize) * UInt64(usedDepth) * UInt64(usedColumns)
  }

  var weightByteCount: Int {
    Int(panelCount) * ModelFormat.panelByteCount(tapCount: Int(kernelSize * kernelSize), depth: Int(depth))
  }
}
