import SpadeModel

/// A step that can run in tiles of 4×4 pixels, and what that costs.
struct TiledConvolution {
  /// Whether the step makes all rows of its tensor.
  let isWhole: Bool
  private let product: ProductRecord
  /// Tiles of the step, and of one round.
  private let tileCount: Int
  private let roundTileCount: Int

  /// Pixels of a tile's side.
  static let side = 4

  /// - Parameter step: As the scheduler makes it: `output` is a tensor of `network`.
  /// - Returns: `nil` where the step has no use for tiles, or `options` has none.
  init?(_ step: StepRecord, _ network: QuantizedNetwork, _ options: PlanOptions) {
    guard step.kind == StepKind.convolve.rawValue else { return nil }
    let product = network.products[Int(step.operand)]
    let output = network.tensors[Int(step.output)]
    let rowCount = Int(step.rowEnd - step.rowStart)
    isWhole = rowCount == output.height
    let wanted = isWhole ? options.wholeTileCount : options.bandTileCount
    guard product.kernelSize == 3, product.depth <= UInt32(ModelFormat.winogradDepthLimit),
      output.width % Self.side == 0, rowCount > 1, wanted > 0
    else { return nil }
    self.product = product
    tileCount = (rowCount + Self.side - 1) / Self.side * (output.width / Self.side)
    roundTileCount = min(wanted, tileCount)
  }

  var workspaceByteCount: Int {
    ModelFormat.winogradByteCount(tileCount: roundTileCount, depth: Int(product.depth))
  }

  /// Time in multiply-adds of the direct product. A quarter of the products plus the transforms of codes and sums; those
  /// of the weights once a round; and a little for each round.
  var work: Double {
    let pixels = tileCount * Self.side * Self.side
    let direct = Double(pixels * 9 * Int(product.depth) * Int(product.panelCount) * ModelFormat.panelColumns)
    let perTile = 0.29 + 1.4 / Double(min(roundTileCount, ScratchLayout.tileBlockCount))
    let rounds = (tileCount + roundTileCount - 1) / roundTileCount
    return direct * perTile + Double(rounds) * 600_000
  }
}
