/// What a SPADE layer with separable convolutions has beside one without: the features that depthwise convolutions make of hidden
/// activations. There are twice as many as hidden channels, those of γ first.
public struct FeatureLayout: Equatable, Sendable {
  public let count: Int
  /// Bytes of the weights' part.
  public let byteCount: Int

  // In bytes from the start of the weights' part. The depthwise weights, `Int16[taps][count]`, are first.

  /// `Float[count]`: the real value of one unit of a feature.
  public let units: Int

  /// - Parameter hiddenCount: Hidden channels, padding included.
  public init(hiddenCount: Int, tapCount: Int) {
    count = 2 * hiddenCount
    units = tapCount * count * 2
    byteCount = units + 4 * count
  }

  /// Of a norm's table of hidden activations.
  public init(_ table: TableRecord) {
    self.init(hiddenCount: Int(table.channels), tapCount: Int(table.kernelSize * table.kernelSize))
  }
}

/// Where a norm's buffer of hidden activations keeps what is known of its features in the frame's map, in bytes from its start.
///
/// ```
/// activations   Int8[1 + innerCapacity][hidden channels], as other norms have them
/// sums          Int64[count]                              over the pixels of the map
/// squares       Int64[count]
/// centers       Int32[count]                              code = round((feature − center) · factor + term)
/// factors       Float[count]
/// terms         Float[count]
/// made          UInt32[4]                                 rows numbered, inner and outer windows, for profiles
/// occurrences   UInt32[outerCapacity]                     of each outer window in the rows that are numbered
/// ```
public struct MomentLayout: Equatable, Sendable {
  public let sums: Int
  public let squares: Int
  public let centers: Int
  public let factors: Int
  public let terms: Int
  public let made: Int
  public let occurrences: Int
  public let byteCount: Int

  /// - Parameter hiddenCount: Hidden channels, a multiple of 16.
  public init(hiddenCount: Int, innerCapacity: Int, outerCapacity: Int) {
    let count = 2 * hiddenCount
    sums = (1 + innerCapacity) * hiddenCount
    squares = sums + 8 * count
    centers = squares + 8 * count
    factors = centers + 4 * count
    terms = factors + 4 * count
    made = terms + 4 * count
    occurrences = made + 16
    byteCount = occurrences + 4 * outerCapacity
  }

  public init(_ table: TableRecord, _ level: LevelRecord) {
    self.init(
      hiddenCount: Int(table.channels), innerCapacity: Int(level.innerCapacity),
      outerCapacity: Int(level.outerCapacity))
  }
}

extension Model {
  /// The most features of a norm, of checked records.
  var mostFeatures: Int {
    var count = 0
    for index in 0..<normCount {
      guard let windows = norm(NormIndex(index)).windowAffine, windows.features != nil else { continue }
      count = max(count, FeatureLayout(table(windows.table)).count)
    }
    return count
  }
}
