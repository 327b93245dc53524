import SpadeModel

/// What a step of one frame has to do.
public struct StepCost: Sendable {
  /// Multiply-adds as dense convolutions of the one-hot label map.
  public private(set) var denseProductCount = 0
  /// Of these the ones that are left when every distinct window of labels is computed once: one for each weight, in whatever way kernels
  /// multiply. Convolutions of labels have none, as they are additions.
  public private(set) var distinctProductCount = 0
  /// Products that kernels do, padding left out: in tiles 36 for 144, of fine codes two where no tiles are made, of tap tables one for
  /// each inner window.
  public private(set) var productCount = 0
  /// An estimate of the bytes moved: what the step reads and writes, every byte once, as if caches held what is used
  /// again. Weights count at every step that reads them.
  public private(set) var byteCount = 0

  /// - Parameters:
  ///   - windows: What the steps of SPADE layers meet; of no matter to others.
  ///   - rowsPerTile: Rows of a direct 3×3 product that take as long as a tile; `nil` where the kernels have no tiles.
  public init(_ step: StepShape, windows: StepWindows = StepWindows(), rowsPerTile: Double?) {
    let hasTiles = rowsPerTile != nil
    switch step {
    case .windows(let shape):
      // Symbols are read; inner and outer numbers are written.
      byteCount = shape.rowCount * shape.width * 6
    case .hidden(let shape): count(shape, windows)
    case .affine(let shape): count(shape, windows, rowsPerTile: rowsPerTile)
    case .modulate(let shape): count(shape, windows)
    case .convolve(let shape): count(shape, windows, hasTiles: hasTiles)
    case .picture(let shape): count(picture: shape)
    case .normalize(let shape): byteCount = 4 * shape.pixelCount * shape.channels
    case .labelFirst(let shape): count(shape)
    case .styleFirst(let product):
      denseProductCount = product.rowProductCount
      distinctProductCount = product.rowProductCount
      productCount = product.rowProductCount
      byteCount = product.weightByteCount + 2 * product.depth + 2 * product.columnCount
    case .statistics(let shape): count(shape, windows)
    case .styleBias(let product):
      // A dense network reads the style at every pixel, with the labels.
      productCount = product.borderKindCount * product.rowProductCount
      distinctProductCount = productCount
      byteCount =
        product.weightByteCount + 3 * product.depth + 2 * product.borderKindCount * product.columnCount
    }
  }

  private mutating func count(_ shape: HiddenShape, _ windows: StepWindows) {
    let taps = shape.table.tapCount
    denseProductCount = shape.pixelCount * taps * shape.usedChannels * shape.inputChannelCount
    guard windows.isMade else { return }
    let rows = min(windows.inner, shape.inputChannelCount) * taps
    byteCount = (rows * 2 + windows.inner) * shape.table.channels
  }

  private mutating func count(_ shape: AffineShape, _ windows: StepWindows, rowsPerTile: Double?) {
    let product = shape.product
    let features = shape.features?.windowProductCount ?? 0
    denseProductCount = shape.pixelCount * (features + product.rowProductCount)
    guard windows.isMade else { return }
    distinctProductCount = windows.outer * (features + product.rowProductCount)
    productCount =
      if shape.isMadeInTiles(windows, rowsPerTile: rowsPerTile) {
        windows.tiles * ModelFormat.winogradPoints * product.tapProductCount
      } else if shape.isMadeByTaps(windows) {
        (windows.inner + 1) * product.rowProductCount
      } else {
        windows.outer * (shape.productRowCount * product.rowProductCount + features)
      }
    byteCount =
      product.weightByteCount + (1 + windows.inner) * (shape.features?.hiddenChannels ?? product.depth)
      + windows.outer * product.columnCount * 2 + (shape.features?.weightByteCount ?? 0)
  }

  private mutating func count(_ shape: StatisticsShape, _ windows: StepWindows) {
    guard windows.isMade else { return }
    productCount = windows.outer * shape.features.windowProductCount
    byteCount =
      windows.numberedRowCount * shape.width * 6
      + (windows.inner + windows.outer) * shape.features.hiddenChannels + shape.features.weightByteCount
  }

  private mutating func count(_ shape: ModulationShape, _ windows: StepWindows) {
    let input = max(shape.rowCount >> shape.inputShift, 1) * shape.inputWidth * shape.channels * 2
    let affines = shape.isConstant ? 1 : min(windows.outer, shape.pixelCount)
    byteCount =
      input + (shape.isConstant ? 0 : shape.pixelCount * 2) + affines * shape.channels * 4
      + shape.pixelCount * shape.channels
  }

  private mutating func count(_ shape: ConvolutionShape, _ windows: StepWindows, hasTiles: Bool) {
    let product = shape.product
    count(input: shape)
    let rowCount = shape.directRowCount(hasTiles: hasTiles) * shape.width * shape.pixelRowCount
    productCount = (windows.shortcutRowCount ?? rowCount) * product.rowProductCount
    if hasTiles {
      productCount += TileRounds(shape).tileCount * ModelFormat.winogradPoints * product.tapProductCount
    }
    byteCount += shape.pixelCount * shape.outputChannels * 2
    if let shift = shape.residualShift {
      byteCount += max(shape.rowCount >> shift, 1) * (shape.width >> shift) * shape.outputChannels * 2
    }
  }

  private mutating func count(picture shape: ConvolutionShape) {
    count(input: shape)
    productCount = denseProductCount * shape.pixelRowCount
    byteCount += shape.pixelCount * 3
  }

  private mutating func count(input shape: ConvolutionShape) {
    let product = shape.product
    denseProductCount = shape.pixelCount * product.rowProductCount
    distinctProductCount = denseProductCount
    let rows = min(shape.rowCount + product.kernelSize - 1, shape.height)
    byteCount = product.weightByteCount + rows * shape.width * shape.pixelRowCount * product.depth
  }

  private mutating func count(_ shape: LabelFirstShape) {
    let taps = shape.table.tapCount
    denseProductCount = shape.pixelCount * shape.usedChannels * taps * shape.inputChannelCount
    byteCount =
      shape.pixelCount * 2 + min(shape.pixelCount, shape.inputChannelCount) * taps * shape.table.channels * 2
      + shape.pixelCount * shape.table.channels * 2
  }
}

extension AffineShape {
  /// Rows of the product for each window: fine codes take two.
  var productRowCount: Int { features == nil ? 1 : 2 }

  /// Whether the products are those of tiles.
  func isMadeInTiles(_ windows: StepWindows, rowsPerTile: Double?) -> Bool {
    features == nil
      && product.isMadeInTiles(
        inner: windows.inner, outer: windows.outer, tiles: windows.tiles, tapRowCapacity: tapRowCapacity,
        rowsPerTile: rowsPerTile)
  }

  /// Whether the products are those of the inner windows, where they are not those of tiles.
  func isMadeByTaps(_ windows: StepWindows) -> Bool {
    features == nil
      && product.isMadeByTaps(
        inner: windows.inner, outer: windows.outer, tapRowCapacity: tapRowCapacity)
  }
}

extension ConvolutionShape {
  /// Rows that tiles do not make.
  func directRowCount(hasTiles: Bool) -> Int {
    rowCount - (hasTiles ? TileRounds(self).rowCount : 0)
  }
}

extension ProductShape {
  var borderKindCount: Int { ModelFormat.borderKindCount(kernelSize: kernelSize) }
}
