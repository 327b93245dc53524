import SpadeModel

/// A loop that the threads share, and how many tasks it has.
public struct LoopWork: Sendable {
  public var work = Work()
  public var taskCount = 1

  public init() {}
}

extension StepShape {
  /// Calls `body` with each loop that a machine runs for the step, in their order.
  func forEachLoop(
    windows: StepWindows = StepWindows(), on machine: Machine, _ body: (LoopWork) -> Void
  ) {
    var loop = LoopWork()
    loop.work.byteCount = Double(StepCost(self, windows: windows, rowsPerTile: machine.rowsPerTile).byteCount)
    switch self {
    case .windows(let shape):
      guard windows.isMade else { return }
      loop.work.numberedPixels = Double(windows.numberedRowCount * shape.width)
      loop.work.foundWindows = Double(windows.inner + windows.outer)
    case .hidden(let shape):
      guard windows.isMade else { return }
      loop.work.tableAdditions = Double(windows.inner * shape.table.tapCount * shape.table.channels)
      loop.work.windowOffsets = Double(windows.inner * shape.table.tapCount)
      loop.taskCount = (windows.inner + Tasks.hiddenWindowCount - 1) / Tasks.hiddenWindowCount
    case .affine(let shape):
      guard windows.isMade else { return }
      if shape.isMadeInTiles(windows, rowsPerTile: machine.rowsPerTile) {
        return shape.forEachLoop(ofTiles: windows, loop.work.byteCount, on: machine, body)
      }
      loop.add(shape, windows)
    case .modulate(let shape):
      loop.work.modulatedValues = Double(shape.pixelCount * shape.channels)
      loop.taskCount = shape.rowCount
    case .normalize(let shape):
      // Statistics are one pass, the normalised copy another.
      loop.work.modulatedValues = 2 * Double(shape.pixelCount * shape.channels)
      loop.taskCount = shape.channels / ModelFormat.channelBlock
    case .labelFirst(let shape):
      loop.work.tableAdditions = Double(shape.table.tapCount * shape.pixelCount * shape.table.channels)
      loop.work.pixelOffsets = Double(shape.table.tapCount * shape.pixelCount)
      loop.taskCount = shape.rowCount
    case .convolve(let shape): return shape.forEachLoop(loop, windows, on: machine, body)
    case .picture(let shape):
      // A row for each pixel, with a tap for each of the kernel's rows.
      let taps = shape.pixelCount * shape.pixelRowCount * shape.product.kernelSize
      loop.work.loneMultiplyAdds = Double(taps * shape.product.depth * ModelFormat.panelColumns)
      loop.work.pixelOffsets = Double(taps)
      loop.work.colors = Double(3 * shape.pixelCount)
      loop.taskCount = (shape.pixelCount * shape.pixelRowCount + Tasks.rowCount - 1) / Tasks.rowCount
    case .styleFirst(let product): loop.work.pixelOffsets = loop.add(product, rowCount: 2)
    case .statistics(let shape):
      guard windows.isMade else { return }
      loop.add(shape, windows)
    case .styleBias(let product):
      loop.work.pixelOffsets = loop.add(product, rowCount: 2 * product.borderKindCount)
    }
    body(loop)
  }
}

/// How much one task takes.
enum Tasks {
  static var rowCount: Int { 64 }
  static var panelCount: Int { 4 }
  static var hiddenWindowCount: Int { 64 }
  static var transformedTileCount: Int { 4 }
}

extension LoopWork {
  /// Adds a gather product over all its panels.
  /// - Returns: The offsets of its rows.
  mutating func add(_ product: ProductShape, rowCount: Int) -> Double {
    let row = product.tapCount * product.depth * ModelFormat.panelColumns
    let loneCount = product.panelCount % Tasks.panelCount == 1 ? 1 : 0
    work.multiplyAdds += Double(rowCount * row * (product.panelCount - loneCount))
    work.loneMultiplyAdds += Double(rowCount * row * loneCount)
    let groupCount = (product.panelCount + Tasks.panelCount - 1) / Tasks.panelCount
    taskCount = (rowCount + Tasks.rowCount - 1) / Tasks.rowCount * groupCount
    return Double(rowCount * product.tapCount * groupCount)
  }

  /// The codes of some tiles become points, once for all panels.
  fileprivate init(transforming tileCount: Int, _ product: ProductShape) {
    work.tiles.codePoints = Double(tileCount * ModelFormat.winogradPoints * product.depth)
    work.byteCount = 2 * work.tiles.codePoints
    taskCount = (tileCount + Tasks.transformedTileCount - 1) / Tasks.transformedTileCount
  }

  /// Blocks of tiles times each panel; what is written and read comes on top.
  fileprivate init(multiplying tileCount: Int, blockCount: Int, _ product: ProductShape) {
    let chunkCount = (product.depth + ModelFormat.winogradDepth - 1) / ModelFormat.winogradDepth
    let points = Double(ModelFormat.winogradPoints * product.columnCount)
    work.tiles.multiplyAdds = Double(tileCount * product.depth) * points
    work.tiles.weightPoints = Double(blockCount * product.depth) * points
    work.tiles.sumPoints = Double(tileCount * chunkCount) * points
    taskCount = product.panelCount * blockCount
  }

  mutating func add(_ shape: AffineShape, _ windows: StepWindows) {
    let product = shape.product
    work.requantizedValues = Double(windows.outer * product.columnCount)
    if let features = shape.features {
      _ = add(product, rowCount: 2 * windows.outer)
      add(features, windowCount: windows.outer)
      work.requantizedValues += Double(windows.outer * product.depth)
      return
    }
    guard shape.isMadeByTaps(windows) else {
      work.windowOffsets = add(product, rowCount: windows.outer)
      return
    }
    let rows = windows.inner + 1
    work.tapMultiplyAdds = Double(rows * product.tapCount * product.paddedTapProductCount)
    work.tapAdditions = work.requantizedValues * Double(product.tapCount)
    taskCount = product.panelCount
  }
}

extension AffineShape {
  /// In each round the threads transform codes, then multiply.
  fileprivate func forEachLoop(
    ofTiles windows: StepWindows, _ byteCount: Double, on machine: Machine, _ body: (LoopWork) -> Void
  ) {
    var rounds = WindowTileRounds(
      tileCount: windows.tiles, capacity: product.windowTileCapacity(tapRowCapacity: tapRowCapacity),
      threadCount: machine.threadCount)
    while rounds.next() {
      let share = Double(rounds.tiles.count) / Double(rounds.tileCount)
      let transform = LoopWork(transforming: rounds.tiles.count, product)
      body(transform)

      var multiply = LoopWork(multiplying: rounds.tiles.count, blockCount: rounds.blockCount, product)
      multiply.work.requantizedValues = Double(windows.outer * product.columnCount) * share
      // Every round reads the weights.
      multiply.work.byteCount =
        transform.work.byteCount + (byteCount - Double(product.weightByteCount)) * share
        + Double(product.weightByteCount)
      body(multiply)
    }
  }
}

extension ConvolutionShape {
  /// In tiles as far as the machine's kernels have them, the rest directly.
  fileprivate func forEachLoop(
    _ empty: LoopWork, _ windows: StepWindows, on machine: Machine, _ body: (LoopWork) -> Void
  ) {
    var loop = empty
    if machine.hasTiles { forEachLoop(of: TileRounds(self), loop.work.byteCount, on: machine, body) }
    let rowCount = directRowCount(hasTiles: machine.hasTiles)
    guard rowCount > 0 else { return }
    if rowCount < self.rowCount { loop.work.byteCount = Double(product.weightByteCount) }
    let rows = windows.shortcutRowCount ?? rowCount * width * pixelRowCount
    loop.work.pixelOffsets = loop.add(product, rowCount: rows)
    if pixelRowCount == 2 { loop.work.joinedSums = Double(rows / 2 * product.columnCount) }
    loop.work.requantizedValues = Double(rowCount * width * outputChannels)
    body(loop)
  }

  /// Each round transforms codes, then multiplies.
  private func forEachLoop(
    of tiling: TileRounds, _ byteCount: Double, on machine: Machine, _ body: (LoopWork) -> Void
  ) {
    var rounds = tiling
    while rounds.next(threadCount: machine.threadCount) {
      let share = Double(rounds.roundTileCount) / Double(rounds.tileCount)
      let transform = LoopWork(transforming: rounds.roundTileCount, product)
      body(transform)

      var multiply = LoopWork(multiplying: rounds.roundTileCount, blockCount: rounds.blockCount, product)
      multiply.work.requantizedValues = Double(rounds.rowCount * width * outputChannels) * share
      // Transformed codes are read for each panel where the cache cannot keep them, and every round reads the weights.
      let isKept = transform.work.byteCount <= Double(machine.cacheByteCount)
      multiply.work.byteCount =
        transform.work.byteCount * (isKept ? 1 : Double(product.panelCount))
        + (byteCount - Double(product.weightByteCount)) * share + Double(product.weightByteCount)
      body(multiply)
    }
  }
}
