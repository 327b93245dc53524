/// Where a norm's A and B come from.
public enum NormSource: Equatable, Sendable {
  /// Each outer window has its own: a SPADE layer.
  case windows(WindowAffine)
  /// All pixels have the same: `Int16[channels][2]`, in units of 64 bytes from the start of the weights.
  case constant(UInt32)
  /// Each symbol has its own: `Int16[symbols][channels][2]`, in the same units. A class-adaptive layer.
  case symbols(UInt32)
}

/// What makes the A and B of a SPADE layer, and where they are kept.
public struct WindowAffine: Equatable, Sendable {
  public var level: LevelIndex
  /// Label map → hidden activations.
  public var table: TableIndex
  /// Hidden activations → A and B, interleaved.
  public var product: ProductIndex
  /// With separable convolutions what makes features of hidden activations, see `FeatureLayout`, in units of 64 bytes from the
  /// start of the weights; the product reads those.
  public var features: UInt32?
  /// Raw buffers: `Int8[1 + innerCapacity][hidden]` and `Int16[outerCapacity][channels][2]`; with features the first is a
  /// `MomentLayout`.
  public var hiddenBuffer: BufferIndex
  public var affineBuffer: BufferIndex

  public init(
    level: LevelIndex, table: TableIndex, product: ProductIndex, features: UInt32? = nil,
    hiddenBuffer: BufferIndex, affineBuffer: BufferIndex
  ) {
    self.level = level
    self.table = table
    self.product = product
    self.features = features
    self.hiddenBuffer = hiddenBuffer
    self.affineBuffer = affineBuffer
  }
}

extension NormRecord {
  /// What the record says, index by index and unchecked.
  public var source: NormSource {
    guard let level = LevelIndex(field: level) else {
      return isBySymbol == 0 ? .constant(constant) : .symbols(constant)
    }
    return .windows(
      WindowAffine(
        level: level, table: TableIndex(rawValue: table), product: ProductIndex(rawValue: product),
        features: constant == ModelFormat.none ? nil : constant,
        hiddenBuffer: BufferIndex(rawValue: hiddenBuffer), affineBuffer: BufferIndex(rawValue: affineBuffer)
      ))
  }

  /// Says it. No setter: that would come with a coroutine, whose frame is allocated.
  public mutating func set(_ source: NormSource) {
    (level, table, product) = (ModelFormat.none, ModelFormat.none, ModelFormat.none)
    (constant, hiddenBuffer, affineBuffer) = (ModelFormat.none, ModelFormat.none, ModelFormat.none)
    (isBySymbol, featureHigh) = (0, 0)
    switch source {
    case .windows(let windows):
      level = windows.level.rawValue
      table = windows.table.rawValue
      product = windows.product.rawValue
      constant = windows.features ?? ModelFormat.none
      featureHigh = windows.features == nil ? 0 : ModelFormat.featureHigh
      hiddenBuffer = windows.hiddenBuffer.rawValue
      affineBuffer = windows.affineBuffer.rawValue
    case .constant(let offset): constant = offset
    case .symbols(let offset):
      constant = offset
      isBySymbol = 1
    }
  }

  /// `nil` where no window matters.
  public var windowAffine: WindowAffine? {
    if case .windows(let windows) = source { windows } else { nil }
  }
}
