import SpadeCost
import SpadeModel

/// A step that can run in tiles of 4×4 pixels.
struct TiledConvolution {
  /// Whether the step makes all rows of its tensor.
  let isWhole: Bool
  /// Padded input channels.
  let depth: Int
  let tileCount: Int

  /// - Returns: `nil` where the step has no use for tiles.
  init?(_ step: ScheduledStep, _ network: QuantizedNetwork) {
    let stage = network.stages[step.stage]
    guard step.action == .stage, case .convolve(let convolution) = stage.operation else { return nil }
    let product = network.products[convolution.product]
    guard product.kernelSize == 3, product.depth <= ModelFormat.winogradDepthLimit,
      stage.width % TileRounds.side == 0, step.rows.count > 1
    else { return nil }
    depth = product.depth
    isWhole = step.rows.count == stage.height
    tileCount = (step.rows.count + TileRounds.side - 1) / TileRounds.side * (stage.width / TileRounds.side)
  }

  /// - Parameter count: Tiles of a round; more than there are count as all.
  func workspaceByteCount(_ count: Int) -> Int {
    ModelFormat.winogradByteCount(tileCount: min(count, tileCount), depth: depth)
  }
}
