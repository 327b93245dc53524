import SpadeModel

extension Work {
  /// What a machine has to do in a step.
  public init(_ step: StepShape, windows: StepWindows = StepWindows(), on machine: Machine) {
    self.init()
    byteCount = Double(StepCost(step, windows: windows, hasTiles: machine.hasTiles).byteCount)
    switch step {
    case .windows: break
    case .hidden(let shape):
      guard windows.isMade else { return }
      tableAdditions = Double(windows.inner * shape.table.tapCount * shape.table.channels)
    case .affine(let shape):
      guard windows.isMade else { return }
      let product = shape.product
      multiplyAdds = Double(shape.rowCount(windows) * product.tapCount * product.paddedTapProductCount)
      requantizedValues = Double(windows.outer * product.columnCount)
      if shape.isMadeByTaps(windows) { tapAdditions = requantizedValues * Double(product.tapCount) }
    case .modulate(let shape): modulatedValues = Double(shape.pixelCount * shape.channels)
    case .normalize(let shape):
      // Statistics are one pass, the normalised copy another.
      modulatedValues = 2 * Double(shape.pixelCount * shape.channels)
    case .labelFirst(let shape):
      tableAdditions = Double(shape.table.tapCount * shape.pixelCount * shape.table.channels)
    case .convolve(let shape):
      convolve(shape, on: machine)
      requantizedValues = Double(shape.pixelCount * shape.outputChannels)
    case .picture(let shape):
      multiplyAdds = Double(
        shape.pixelCount * shape.product.tapCount * shape.product.paddedTapProductCount)
    case .styleFirst(let product):
      multiplyAdds = Double(product.tapCount * product.paddedTapProductCount)
    }
  }

  /// A convolution in tiles as far as the machine's kernels have them, the rest directly.
  private mutating func convolve(_ shape: ConvolutionShape, on machine: Machine) {
    let product = shape.product
    if machine.hasTiles, let rounds = TileRounds(shape) { run(rounds, product, machine) }
    multiplyAdds = Double(
      shape.directRowCount(hasTiles: machine.hasTiles) * shape.width * product.tapCount
        * product.paddedTapProductCount)
  }

  private mutating func run(_ tiling: TileRounds, _ product: ProductShape, _ machine: Machine) {
    let points = Double(ModelFormat.winogradPoints)
    let depth = Double(product.depth)
    let columns = Double(product.columnCount)
    let chunks = Double((product.depth + ModelFormat.winogradDepth - 1) / ModelFormat.winogradDepth)
    var roundCount = 0
    var rounds = tiling
    while rounds.next(threadCount: machine.threadCount) {
      roundCount += 1
      let tileCount = Double(rounds.roundTileCount)
      tiles.multiplyAdds += tileCount * points * depth * columns
      tiles.codePoints += tileCount * points * depth
      tiles.weightPoints += Double(rounds.blockCount) * points * depth * columns
      tiles.sumPoints += tileCount * points * chunks * columns
      tiles.pixels += tileCount * Double(ModelFormat.winogradPixels) * columns
      // Transformed codes are written, and read for each panel where the cache cannot keep them.
      let codeByteCount = 2 * tileCount * points * depth
      let isKept = codeByteCount <= Double(machine.cacheByteCount)
      byteCount += codeByteCount * (isKept ? 2 : 1 + Double(product.panelCount))
    }
    // The other rounds read the weights again.
    byteCount += Double((roundCount - 1) * product.weightByteCount)
  }
}
