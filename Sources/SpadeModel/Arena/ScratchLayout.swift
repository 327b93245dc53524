/// What one thread needs while it works on a task of a step, in bytes from the start of its area.
///
/// ```
/// offsets            Int32[49][64]        of the rows that a product gathers, up to 7×7 taps
/// output offsets     Int32[64]
/// residual offsets   Int32[64]
/// accumulators       Int32[4][64][16]
/// ```
///
/// and, in the same place, what only one kind of task needs:
///
/// ```
/// picture panel      a weight panel of up to 5 taps, after the first panel's accumulators
///
/// symbols            UInt16[4096] of a row of pixels, where a product has its offsets
///
/// tap table          Int32[tapRowCapacity][taps][16]
///
/// feature moments    Int64[2][features]     sums and squares
/// features           Int32[features]        of one outer window
/// feature codes      Int8[32][2][features]  of some
///
/// tile weights       Int16[36][128 · 16 + 32]
/// tile sums          Int32[36][32][16]
/// tile pixels        Int32[64][16][16]
/// tile codes         Int16[depth / 128][36][tiles][channels]   of A and B, as many tiles as the tap table leaves room for
/// ```
public struct ScratchLayout: Equatable, Sendable {
  /// Rows and panels of one product at most.
  @inlinable public static var rowCount: Int { 64 }
  @inlinable public static var panelCount: Int { 4 }
  /// Tiles that are multiplied with one point of the weights at a time, and tiles of a task at most.
  @inlinable public static var tileGroupCount: Int { 32 }
  @inlinable public static var tileBlockCount: Int { 64 }
  private static let maximumTapCount = 49

  public static let outputOffsets = maximumTapCount * rowCount * 4
  public static let residualOffsets = outputOffsets + rowCount * 4
  public static let accumulators = residualOffsets + rowCount * 4
  public static let picturePanel = accumulators + rowCount * ModelFormat.panelColumns * 4
  public static let tapTable = accumulators + panelCount * rowCount * ModelFormat.panelColumns * 4
  public static let features = tapTable
  /// Outer windows whose features are codes at a time: fine ones take two rows of a product.
  @inlinable public static var featureRowCount: Int { rowCount / 2 }
  public static let tileWeights = tapTable
  public static let tileSums =
    tileWeights + ModelFormat.winogradPoints
    * (ModelFormat.winogradDepth * ModelFormat.panelColumns + ModelFormat.winogradPadding) * 2
  public static let tilePixels =
    tileSums + ModelFormat.winogradPoints * tileGroupCount * ModelFormat.panelColumns * 4
  public static let tileCodes =
    tilePixels + tileBlockCount * ModelFormat.winogradPixels * ModelFormat.panelColumns * 4

  /// A multiple of 64.
  public let byteCount: Int

  /// - Parameters:
  ///   - tapCount: Of the network's kernels.
  ///   - tapRowCapacity: Hidden rows that the tap table holds; 0 for none.
  ///   - usesTiles: Whether convolutions may run in tiles.
  ///   - pictureChannelCount: What the picture's convolution reads.
  ///   - featureCount: The most features of a norm; 0 for none.
  public init(
    tapCount: Int, tapRowCapacity: Int, usesTiles: Bool, pictureChannelCount: Int, featureCount: Int = 0
  ) {
    let tapTableEnd = Self.tapTableEnd(tapCount: tapCount, tapRowCapacity: tapRowCapacity)
    let pictureEnd =
      Self.picturePanel
      + ModelFormat.panelByteCount(
        tapCount: ModelFormat.pictureKernelLimit,
        depth: ModelFormat.padded(pictureChannelCount, to: ModelFormat.channelBlock))
    let featureEnd = Self.features + featureCount * (2 * 8 + 4 + 2 * Self.featureRowCount)
    // In pairs: of three, max makes an array.
    let end = max(max(tapTableEnd, pictureEnd), max(featureEnd, usesTiles ? Self.tileCodes : 0))
    byteCount = ModelFormat.padded(end, to: ModelFormat.alignment)
  }

  /// Tiles of `depth` channels whose codes fit in the room of a tap table, behind what tiles need besides; at most those of a task.
  public static func windowTileCount(tapCount: Int, tapRowCapacity: Int, depth: Int) -> Int {
    let byteCount = tapTableEnd(tapCount: tapCount, tapRowCapacity: tapRowCapacity) - tileCodes
    return min(
      ModelFormat.winogradTileCount(workspaceByteCount: byteCount, depth: depth), tileBlockCount)
  }

  private static func tapTableEnd(tapCount: Int, tapRowCapacity: Int) -> Int {
    tapTable + tapRowCapacity * tapCount * ModelFormat.panelColumns * 4
  }

  public init(_ model: Model) {
    let configuration = model.configuration
    self.init(
      tapCount: Int(configuration.kernelSize * configuration.kernelSize),
      tapRowCapacity: Int(configuration.tapRowCapacity), usesTiles: configuration.usesWinograd != 0,
      pictureChannelCount: configuration.pictureInputCount, featureCount: model.featureCount)
  }
}

extension ConfigurationRecord {
  /// Channels that the picture's convolution reads.
  var pictureInputCount: Int { Int(pictureChannelCount == 0 ? channelUnit : pictureChannelCount) }
}
