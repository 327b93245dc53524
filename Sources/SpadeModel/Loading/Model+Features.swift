extension Model {
  /// Checks a norm's depthwise weights, which keep the sums over a map in range, and their units.
  func checkFeatures(norm index: Int, _ windows: WindowAffine) throws(ModelError) {
    guard let features = windows.features else { return }
    let layout = FeatureLayout(table(windows.table))
    let base = weights(features)
    let tapCount = layout.units / (2 * layout.count)
    func float(_ offset: Int, _ feature: Int) -> Float {
      base.load(fromByteOffset: offset + 4 * feature, as: Float.self)
    }
    func require(_ condition: Bool, _ feature: Int, _ rule: ColumnRule) throws(ModelError) {
      if !condition { throw .badColumn(section: .norms, index: index, column: feature, rule: rule) }
    }
    for feature in 0..<layout.count {
      var sum = 0
      for tap in 0..<tapCount {
        let weight = base.load(fromByteOffset: 2 * (tap * layout.count + feature), as: Int16.self)
        sum += abs(Int(weight))
      }
      try require(sum <= ModelFormat.depthwiseWeightSum, feature, .depthwiseSum)
      // Not a number is in no interval.
      let unit = float(layout.units, feature)
      try require(unit >= 0 && unit <= ModelFormat.normalizeScales.upperBound, feature, .featureUnit)
    }
  }
}
