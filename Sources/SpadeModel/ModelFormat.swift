/// Constants of the model file. `Sources/SpadeModel/FORMAT.md` is the prose.
public enum ModelFormat {
  /// The first eight bytes: a non-ASCII byte, the name, and a line ending that text transfers would change.
  public static let magic: UInt64 = 0x0A0D_4544_4150_5389
  public static let version: UInt32 = 1
  public static let headerByteCount = 256
  /// Where the header's own checksum lies; it covers the bytes before it.
  public static let headerChecksumOffset = 248
  /// Where the section table starts: one `SectionRecord` for each `Section`.
  public static let sectionTableOffset = 32
  /// Sections, weight panels and arena buffers begin at multiples of this.
  public static let alignment = 64
  /// Channel counts and depths are rounded up to a multiple of this.
  public static let channelBlock = 16
  /// Columns of one weight panel.
  public static let panelColumns = 16
  /// Bytes before the weights of a panel.
  public static let panelHeaderByteCount = 128
  /// Stands for "no such index" in 32-bit fields.
  public static let none: UInt32 = 0xFFFF_FFFF
  /// Stands for "outside the picture" among the 16-bit symbols and window numbers.
  public static let outside: UInt16 = 0xFFFF
  /// A level has fewer windows than this.
  public static let windowLimit = 0xFFFF
  /// Records of a section at most, and steps.
  public static let recordLimit: UInt32 = 1024
  public static let stepLimit: UInt32 = 65536
  /// Real values of a code that `normalize` reads or writes lie in 2^−48 … 2^48, so that it stays finite.
  public static let normalizeScales: ClosedRange<Float> = 0x1p-48...0x1p48
  /// The style's fixed point: code = round(z · 2048), −8 … 8.
  public static let styleScale: Float = 2048
  /// What a style and a bias add to a sum of a label table: −12287 … 12287.
  public static let styleBiasLimit = 12287

  /// Ways in which a grid's border cuts the taps of a kernel: for each of its four sides none of `kernelSize / 2` taps, or some.
  public static func borderKindCount(kernelSize: Int) -> Int {
    let reach = kernelSize / 2 + 1
    return reach * reach * reach * reach
  }

  /// Bytes of a name, zero padded.
  public static let nameByteCount = 32

  /// Pixels of a tile of a 3×3 convolution, and points of its transform; channels that are transformed at a time; and elements left
  /// free after each point, so that points do not compete for the same cache lines.
  public static let winogradPixels = 16
  /// The least and the largest of fine codes: 9.35 bits.
  public static let fineCodes: ClosedRange<Float> = -326...325

  public static let winogradPoints = 36
  public static let winogradDepth = 128
  public static let winogradPadding = 32
  /// What a column's |weights| of `winogradDepth` channels may add up to where its product is computed in tiles of fine codes;
  /// more would overflow.
  public static let winogradWeightSum = 102_927
  public static let winogradDepthLimit = 8192

  /// What |depthwise weights| of a feature may add up to: then the sum of the squares of 2^24 features is below 2^63.
  public static let depthwiseWeightSum = 2907
  /// What 1 of a code's high byte is worth: in fine codes, and in those of normalised features.
  public static let fineHigh: UInt32 = 4
  public static let featureHigh: UInt32 = 256
  /// The largest code of a normalised feature.
  public static let featureCode = 32639.0

  /// Codes that a normalised feature of 1 is worth. Of N values with mean 0 and variance 1 none is beyond √N, so no map's features are
  /// beyond their codes.
  public static func featureScale(pixelCount: Int) -> Double {
    featureCode / Double(pixelCount).squareRoot()
  }

  /// The largest kernel whose columns times three colours fit in a panel.
  public static let pictureKernelLimit = 5

  /// Bytes of a workspace for `tileCount` tiles of `depth` channels.
  public static func winogradByteCount(tileCount: Int, depth: Int) -> Int {
    winogradPoints * 2 * (tileCount * depth + (depth + winogradDepth - 1) / winogradDepth * winogradPadding)
  }

  /// Tiles of `depth` channels that fit in a workspace.
  public static func winogradTileCount(workspaceByteCount: Int, depth: Int) -> Int {
    let chunks = (depth + winogradDepth - 1) / winogradDepth
    return max(0, workspaceByteCount / (winogradPoints * 2) - chunks * winogradPadding) / depth
  }

  /// `count` rounded up to a multiple of `block`.
  public static func padded(_ count: Int, to block: Int) -> Int { (count + block - 1) / block * block }

  /// Bytes of one weight panel over `tapCount` taps of `depth` input channels each.
  public static func panelByteCount(tapCount: Int, depth: Int) -> Int {
    panelHeaderByteCount + tapCount * depth * panelColumns
  }
}

/// The sections of a model file, in file order.
public enum Section: Int, Sendable {
  case configuration, names, buffers, levels, tables, products, norms, steps, weights, test, encoder, metadata

  public static let count = 12
}
