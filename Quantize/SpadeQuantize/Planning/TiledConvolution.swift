import SpadeModel

/// A step that can run in tiles of 4×4 pixels.
struct TiledConvolution {
  /// Whether the step makes all rows of its tensor.
  let isWhole: Bool
  let product: StoredProduct
  /// Tiles of the step, and of one round.
  let tileCount: Int
  let roundTileCount: Int

  /// Pixels of a tile's side.
  static let side = 4

  /// - Returns: `nil` where the step has no use for tiles, or `options` has none.
  init?(_ step: ScheduledStep, _ network: QuantizedNetwork, _ options: PlanOptions) {
    let stage = network.stages[step.stage]
    guard step.action == .stage, case .convolve(let convolution) = stage.operation else { return nil }
    product = network.products[convolution.product]
    isWhole = step.rows.count == stage.height
    let wanted = isWhole ? options.wholeTileCount : options.bandTileCount
    guard product.kernelSize == 3, product.depth <= ModelFormat.winogradDepthLimit,
      stage.width % Self.side == 0, step.rows.count > 1, wanted > 0
    else { return nil }
    tileCount = (step.rows.count + Self.side - 1) / Self.side * (stage.width / Self.side)
    roundTileCount = min(wanted, tileCount)
  }

  var workspaceByteCount: Int {
    ModelFormat.winogradByteCount(tileCount: roundTileCount, depth: product.depth)
  }
}
