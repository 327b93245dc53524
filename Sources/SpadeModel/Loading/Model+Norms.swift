extension Model {
  func checkNorm(_ n: NormRecord, _ weights: inout WeightBudget) throws(NormRule) {
    guard isChannelCount(n.channels) else { throw .channels }
    guard (1...32767).contains(n.biasFactor) else { throw .biasFactor }
    // Not a number is in no interval.
    guard n.slope >= 0, n.slope <= 1 else { throw .slope }
    guard n.isFine <= 1 else { throw .isFine }
    guard isName(n.name) else { throw .name }
    guard weights.take(n.scale, byteCount: Int(n.channels) * 4) else { throw .scales }
    guard weights.take(n.zeroPoint, byteCount: Int(n.channels) * 4) else { throw .zeroPoints }
    switch n.source {
    case .constant(let offset):
      guard weights.take(offset, byteCount: Int(n.channels) * 4) else { throw .constants }
    case .symbols(let offset):
      guard weights.take(offset, byteCount: symbolCount * Int(n.channels) * 4) else { throw .constants }
    case .windows(let windows):
      guard windows.features == nil || n.featureHigh == ModelFormat.featureHigh else { throw .featureHigh }
      try checkWindows(windows, channels: Int(n.channels), &weights)
    }
    var canonical = n
    canonical.set(n.source)
    guard haveSameBytes(canonical, n) else { throw .strayField }
  }

  private func checkWindows(
    _ w: WindowAffine, channels: Int, _ weights: inout WeightBudget
  ) throws(NormRule) {
    guard Int(w.level) < levelCount else { throw .level }
    guard Int(w.table) < tableCount else { throw .table }
    guard Int(w.product) < productCount else { throw .product }
    let (level, table, product) = (level(w.level), table(w.table), product(w.product))
    guard table.kernelSize == configuration.kernelSize, table.channels <= configuration.hiddenChannelCount
    else { throw .tableShape }
    // Features have taps of their own.
    let isDense = w.features == nil
    guard product.kernelSize == (isDense ? configuration.kernelSize : 1),
      product.depth == (isDense ? 1 : 2) * table.channels,
      Int(product.panelCount) * ModelFormat.panelColumns == 2 * channels
    else { throw .productShape }
    var hiddenByteCount = (1 + Int(level.innerCapacity)) * Int(table.channels)
    if let features = w.features {
      guard weights.take(features, byteCount: FeatureLayout(table).byteCount) else { throw .features }
      hiddenByteCount = MomentLayout(table, level).byteCount
    }
    guard isRaw(w.hiddenBuffer.rawValue, byteCount: hiddenByteCount) else { throw .hiddenBuffer }
    let affineByteCount = Int(level.outerCapacity) * channels * 4
    guard isRaw(w.affineBuffer.rawValue, byteCount: affineByteCount) else { throw .affineBuffer }
  }

  /// Checks a norm's scales, zero points and constants, which keep the modulation's sums and conversions in range.
  func checkColumns(norm index: Int) throws(ModelError) {
    let n = norm(index)
    let channels = Int(n.channels)
    if let channel = firstBadScale(weights(n.scale), count: channels) {
      throw .badColumn(section: .norms, index: index, column: channel, rule: .scale)
    }
    let codes: ClosedRange<Float> = n.isFine == 1 ? ModelFormat.fineCodes : -128...127
    for channel in 0..<channels {
      let zeroPoint = weights(n.zeroPoint).load(fromByteOffset: 4 * channel, as: Float.self)
      guard codes.contains(zeroPoint), zeroPoint == zeroPoint.rounded() else {
        throw .badColumn(section: .norms, index: index, column: channel, rule: .zeroPoint)
      }
    }
    switch n.source {
    case .windows(let windows): try checkFeatures(norm: index, windows)
    case .constant(let offset): try checkConstants(norm: index, offset, rowCount: 1, channels)
    case .symbols(let offset): try checkConstants(norm: index, offset, rowCount: symbolCount, channels)
    }
  }

  private func checkConstants(
    norm index: Int, _ offset: UInt32, rowCount: Int, _ channels: Int
  ) throws(ModelError) {
    let constants = weights(offset)
    for value in 0..<2 * rowCount * channels
    where constants.load(fromByteOffset: 2 * value, as: Int16.self) == Int16.min {
      throw .badColumn(section: .norms, index: index, column: value / 2 % channels, rule: .constant)
    }
  }
}

/// Whether two records are the same in the file.
func haveSameBytes<Record>(_ one: Record, _ other: Record) -> Bool {
  withUnsafeBytes(of: one) { one in
    withUnsafeBytes(of: other) { other in
      for index in 0..<one.count where one[index] != other[index] { return false }
      return true
    }
  }
}
