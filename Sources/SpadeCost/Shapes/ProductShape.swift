import SpadeModel

/// The weights of a gather product: k×k taps of `depth` channels each, in panels of 16 columns.
public struct ProductShape: Equatable, Sendable {
  /// Side of the kernel.
  public var kernelSize: Int
  /// Input channels of a tap, padding included, and those that mean something.
  public var depth: Int
  public var usedDepth: Int
  public var panelCount: Int
  /// Output columns that mean something.
  public var usedColumns: Int

  public init(kernelSize: Int, depth: Int, usedDepth: Int, panelCount: Int, usedColumns: Int) {
    self.kernelSize = kernelSize
    self.depth = depth
    self.usedDepth = usedDepth
    self.panelCount = panelCount
    self.usedColumns = usedColumns
  }

  public init(_ record: ProductRecord) {
    self.init(
      kernelSize: Int(record.kernelSize), depth: Int(record.depth), usedDepth: Int(record.usedDepth),
      panelCount: Int(record.panelCount), usedColumns: Int(record.usedColumns))
  }

  public var tapCount: Int { kernelSize * kernelSize }
  public var columnCount: Int { panelCount * ModelFormat.panelColumns }

  /// Multiply-adds of one tap of one row: of the channels that mean something, and of all.
  var tapProductCount: Int { usedDepth * usedColumns }
  var paddedTapProductCount: Int { depth * columnCount }

  /// Multiply-adds of one row, of the channels that mean something.
  public var rowProductCount: Int { tapCount * tapProductCount }

  var weightByteCount: Int {
    panelCount * ModelFormat.panelByteCount(tapCount: tapCount, depth: depth)
  }

  /// Whether γ and β are less work tap by tap than window by window, and the hidden rows fit in a thread's tap table. An
  /// outer window's additions cost about as much as one part in 32 of its products.
  /// - Parameters:
  ///   - inner, outer: Distinct windows.
  ///   - tapRowCapacity: Hidden rows that a tap table holds.
  public func isMadeByTaps(inner: Int, outer: Int, tapRowCapacity: Int) -> Bool {
    let rows = inner + 1
    return kernelSize > 1 && rows <= tapRowCapacity && rows * 32 < outer * 29
  }
}

/// A convolution of the one-hot label map as rows to add up: k×k taps.
public struct TableShape: Equatable, Sendable {
  /// Side of the kernel.
  public var kernelSize: Int
  /// Padding included.
  public var channels: Int

  public init(kernelSize: Int, channels: Int) {
    self.kernelSize = kernelSize
    self.channels = channels
  }

  public init(_ record: TableRecord) {
    self.init(kernelSize: Int(record.kernelSize), channels: Int(record.channels))
  }

  public var tapCount: Int { kernelSize * kernelSize }
}
