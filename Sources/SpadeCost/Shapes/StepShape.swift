/// What decides the cost of a step: the sizes of its operands. Files and the compiler's schedules have records of their own;
/// both become this.
public enum StepShape: Equatable, Sendable {
  case windows(WindowsShape)
  case hidden(HiddenShape)
  case affine(AffineShape)
  case modulate(ModulationShape)
  case convolve(ConvolutionShape)
  case normalize(NormalizationShape)
  case labelFirst(LabelFirstShape)
  case styleFirst(ProductShape)
  case styleBias(ProductShape)
  case picture(ConvolutionShape)
  case statistics(StatisticsShape)
}

/// The windows of some rows of a level get their numbers.
public struct WindowsShape: Equatable, Sendable {
  public var rowCount: Int
  public var width: Int

  public init(rowCount: Int, width: Int) {
    self.rowCount = rowCount
    self.width = width
  }
}

/// Hidden activations of a norm for the inner windows of some pixels.
public struct HiddenShape: Equatable, Sendable {
  public var pixelCount: Int
  public var table: TableShape
  /// Hidden channels that mean something.
  public var usedChannels: Int
  /// Channels of the one-hot label map.
  public var inputChannelCount: Int

  public init(pixelCount: Int, table: TableShape, usedChannels: Int, inputChannelCount: Int) {
    self.pixelCount = pixelCount
    self.table = table
    self.usedChannels = usedChannels
    self.inputChannelCount = inputChannelCount
  }
}

/// A and B of a norm for the outer windows of some pixels.
public struct AffineShape: Equatable, Sendable {
  public var pixelCount: Int
  public var product: ProductShape
  /// Hidden rows that a thread's tap table holds; 0 for none.
  public var tapRowCapacity: Int
  /// What the product reads, where that is not hidden activations; fine codes of them.
  public var features: FeatureShape?

  public init(
    pixelCount: Int, product: ProductShape, tapRowCapacity: Int, features: FeatureShape? = nil
  ) {
    self.pixelCount = pixelCount
    self.product = product
    self.tapRowCapacity = tapRowCapacity
    self.features = features
  }
}

/// Wide rows become codes.
public struct ModulationShape: Equatable, Sendable {
  public var rowCount: Int
  public var width: Int
  public var channels: Int
  /// The tensor that is read, at (x >> shift, y >> shift).
  public var inputWidth: Int
  public var inputShift: Int
  /// Whether A and B are the same at every pixel.
  public var isConstant: Bool

  public init(
    rowCount: Int, width: Int, channels: Int, inputWidth: Int, inputShift: Int, isConstant: Bool
  ) {
    self.rowCount = rowCount
    self.width = width
    self.channels = channels
    self.inputWidth = inputWidth
    self.inputShift = inputShift
    self.isConstant = isConstant
  }

  public var pixelCount: Int { rowCount * width }
}

/// Rows of codes become wide rows, or rows of the picture.
public struct ConvolutionShape: Equatable, Sendable {
  /// Rows made, and the rows of the whole tensor.
  public var rowCount: Int
  public var height: Int
  public var width: Int
  public var product: ProductShape
  /// Whether the codes are fine: then a direct product has two rows for each pixel.
  public var isFine: Bool
  /// Padding included.
  public var outputChannels: Int
  /// Where something is added: the places are read at (x >> shift, y >> shift).
  public var residualShift: Int?
  /// Tiles that the workspace holds; `nil` without a workspace.
  public var workspaceTileCount: Int?

  public init(
    rowCount: Int, height: Int, width: Int, product: ProductShape, isFine: Bool = false, outputChannels: Int,
    residualShift: Int?, workspaceTileCount: Int?
  ) {
    self.rowCount = rowCount
    self.height = height
    self.width = width
    self.product = product
    self.isFine = isFine
    self.outputChannels = outputChannels
    self.residualShift = residualShift
    self.workspaceTileCount = workspaceTileCount
  }

  public var pixelCount: Int { rowCount * width }
  /// Rows of a direct product for each pixel.
  var pixelRowCount: Int { isFine ? 2 : 1 }
  /// Whether pixels that repeat are multiplied once.
  public var isShortcut: Bool { product.kernelSize == 1 && residualShift == nil }
}

/// A whole tensor gets a mean of 0 and a variance of 1 in every channel.
public struct NormalizationShape: Equatable, Sendable {
  public var pixelCount: Int
  public var channels: Int

  public init(pixelCount: Int, channels: Int) {
    self.pixelCount = pixelCount
    self.channels = channels
  }
}

/// The first tensor as a convolution of the label map.
public struct LabelFirstShape: Equatable, Sendable {
  public var rowCount: Int
  public var width: Int
  public var table: TableShape
  /// Output channels that mean something.
  public var usedChannels: Int
  /// Channels of the one-hot label map.
  public var inputChannelCount: Int

  public init(rowCount: Int, width: Int, table: TableShape, usedChannels: Int, inputChannelCount: Int) {
    self.rowCount = rowCount
    self.width = width
    self.table = table
    self.usedChannels = usedChannels
    self.inputChannelCount = inputChannelCount
  }

  public var pixelCount: Int { rowCount * width }
}

/// The windows that a step of a SPADE layer meets, and what comes of them in a shortcut.
public struct StepWindows: Equatable, Sendable {
  /// The level's distinct windows: k×k windows of symbols, and k×k windows of those.
  public var inner: Int
  public var outer: Int
  /// Tiles of 4×4 pixels in which outer windows first occur.
  public var tiles: Int
  /// Whether `hidden` or `affine` has to be made: it is there already where the windows were not numbered anew since.
  public var isMade: Bool
  /// Rows whose windows `windows` numbers.
  public var numberedRowCount: Int
  /// Rows of its product that a 1×1 convolution multiplies: fewer than it has where pixels repeat. `nil` where that is not known.
  public var shortcutRowCount: Int?

  public init(
    inner: Int = 0, outer: Int = 0, tiles: Int = 0, isMade: Bool = false, numberedRowCount: Int = 0,
    shortcutRowCount: Int? = nil
  ) {
    self.numberedRowCount = numberedRowCount
    self.shortcutRowCount = shortcutRowCount
    self.inner = inner
    self.outer = outer
    self.tiles = tiles
    self.isMade = isMade
  }
}
