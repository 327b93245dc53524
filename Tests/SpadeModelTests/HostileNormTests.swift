import SpadeModel
import SpadeTestSupport
import Testing

/// Rules about norms.
@Suite struct HostileNormTests {
  static let norms: [Hostile] = [
    Hostile("channels") {
      $0[norm: 0].channels = 0
      return .badNorm(index: 0, rule: .channels)
    },
    Hostile("bias factor") {
      $0[norm: 0].biasFactor = 32768
      return .badNorm(index: 0, rule: .biasFactor)
    },
    Hostile("slope") {
      $0[norm: 0].slope = -0.5
      return .badNorm(index: 0, rule: .slope)
    },
    Hostile("codes neither fine nor not") {
      $0[norm: 0].isFine = 2
      return .badNorm(index: 0, rule: .isFine)
    },
    Hostile("slope no number") {
      $0[norm: 0].slope = .nan
      return .badNorm(index: 0, rule: .slope)
    },
    Hostile("name") {
      $0[norm: 0].name = .max
      return .badNorm(index: 0, rule: .name)
    },
    Hostile("level") {
      $0[norm: 0].level = $0.configuration.levelCount
      return .badNorm(index: 0, rule: .level)
    },
    Hostile("table") {
      $0[norm: 0].table = $0.configuration.tableCount
      return .badNorm(index: 0, rule: .table)
    },
    Hostile("product") {
      $0[norm: 0].product = $0.configuration.productCount
      return .badNorm(index: 0, rule: .product)
    },
    Hostile("table of another width") {
      $0.configuration.hiddenChannelCount -= 16
      return .badNorm(index: 0, rule: .tableShape)
    },
    Hostile("features of a SPADE layer whose product reads none") {
      $0[norm: 0].constant = 0
      $0[norm: 0].featureHigh = ModelFormat.featureHigh
      return .badNorm(index: 0, rule: .productShape)
    },
    Hostile("zero points outside") {
      $0[norm: 0].zeroPoint = .max
      return .badNorm(index: 0, rule: .zeroPoints)
    },
    Hostile("constant of −32768") {
      let last = $0.count(.norms) - 1
      $0.store(Int16.min, $0.weights($0[norm: last].constant) + 4 * 3 + 2)
      return .badColumn(section: .norms, index: last, column: 3, rule: .constant)
    },
    Hostile("product of another width") {
      let mine = $0[product: Int($0[norm: 0].product)]
      $0[norm: 0].product = $0.otherProduct { $0.panelCount != mine.panelCount }
      return .badNorm(index: 0, rule: .productShape)
    },
    Hostile("activations in a small buffer") {
      $0[buffer: Int($0[norm: 0].hiddenBuffer)].byteCount = 64
      return .badNorm(index: 0, rule: .hiddenBuffer)
    },
    Hostile("affines without a buffer") {
      $0[norm: 0].affineBuffer = ModelFormat.none
      return .badNorm(index: 0, rule: .affineBuffer)
    },
    Hostile("scale below zero") {
      $0.store(Float(-0.001), $0.weights($0[norm: 0].scale))
      return .badColumn(section: .norms, index: 0, column: 0, rule: .scale)
    },
    Hostile("scale outside") {
      $0[norm: 0].scale = .max
      return .badNorm(index: 0, rule: .scales)
    },
    Hostile("zero point between codes") {
      $0.store(Float(0.5), $0.weights($0[norm: 0].zeroPoint) + 4)
      return .badColumn(section: .norms, index: 0, column: 1, rule: .zeroPoint)
    },
    Hostile("zero point beyond the codes") {
      let norm = Int($0.otherNorm { $0.isFine == 0 })
      $0.store(Float(128), $0.weights($0[norm: norm].zeroPoint))
      return .badColumn(section: .norms, index: norm, column: 0, rule: .zeroPoint)
    },
    Hostile("zero point beyond the fine codes") {
      let norm = Int($0.otherNorm { $0.isFine == 1 })
      $0.store(Float(326), $0.weights($0[norm: norm].zeroPoint))
      return .badColumn(section: .norms, index: norm, column: 0, rule: .zeroPoint)
    },
    Hostile("constant affine outside") {
      let last = $0.count(.norms) - 1
      $0[norm: last].constant = .max
      return .badNorm(index: last, rule: .constants)
    },
  ]

  /// Of a class-adaptive layer: 12 symbols, six labels with and without a border.
  static let classTables: [Hostile] = [
    Hostile("rows neither by symbol nor not", .classTable) {
      $0[norm: 0].isBySymbol = 2
      return .badNorm(index: 0, rule: .strayField)
    },
    Hostile("rows beyond the weights", .classTable) {
      $0[norm: 0].constant = .max
      return .badNorm(index: 0, rule: .constants)
    },
    Hostile("rows for fewer symbols", .classTable) {
      let unit = UInt32(ModelFormat.alignment)
      let end = UInt32($0.range(.weights).count) / unit
      $0[norm: 0].constant = end - 11 * $0[norm: 0].channels * 4 / unit
      return .badNorm(index: 0, rule: .constants)
    },
    Hostile("B of −32768 in the last row", .classTable) {
      let channels = Int($0[norm: 0].channels)
      $0.store(Int16.min, $0.weights($0[norm: 0].constant) + 4 * (11 * channels + 5) + 2)
      return .badColumn(section: .norms, index: 0, column: 5, rule: .constant)
    },
  ]

  /// Of a layer with separable convolutions: 32 features, 16 of them for γ.
  static let features: [Hostile] = [
    Hostile("no features for a product that reads some", .separable) {
      $0[norm: 0].constant = ModelFormat.none
      return .badNorm(index: 0, rule: .productShape)
    },
    Hostile("a table of more hidden channels than the network has", .separable) {
      $0.configuration.hiddenChannelCount -= 16
      let norm = $0.wideNorm($0.configuration.hiddenChannelCount)!
      return .badNorm(index: norm, rule: .tableShape)
    },
    Hostile("codes of features in another form", .separable) {
      $0[norm: 0].featureHigh = 4
      return .badNorm(index: 0, rule: .featureHigh)
    },
    Hostile("features beyond the weights", .separable) {
      $0[norm: 0].constant = .max - 1
      return .badNorm(index: 0, rule: .features)
    },
    Hostile("units of features beyond the weights", .separable) {
      let unit = UInt32(ModelFormat.alignment)
      $0[norm: 0].constant = UInt32($0.range(.weights).count) / unit - $0.featureByteCount / unit + 1
      return .badNorm(index: 0, rule: .features)
    },
    Hostile("no room for moments", .separable) {
      let norm = $0[norm: 0]
      let rows = 1 + $0[level: Int(norm.level)].innerCapacity
      $0[buffer: Int(norm.hiddenBuffer)].byteCount = rows * $0[table: Int(norm.table)].channels
      return .badNorm(index: 0, rule: .hiddenBuffer)
    },
    Hostile("depthwise weights too large together", .separable) { file in
      for tap in 0..<9 {
        file.store(Int16(tap == 8 ? -324 : 323), file.weights(file[norm: 0].constant) + 2 * (32 * tap + 17))
      }
      return .badColumn(section: .norms, index: 0, column: 17, rule: .depthwiseSum)
    },
    Hostile("a depthwise weight of −32768", .separable) {
      $0.store(Int16.min, $0.weights($0[norm: 0].constant))
      return .badColumn(section: .norms, index: 0, column: 0, rule: .depthwiseSum)
    },
    Hostile("a unit below zero", .separable) {
      $0.store(Float(-1), $0.weights($0[norm: 0].constant) + 9 * 64 + 4 * 3)
      return .badColumn(section: .norms, index: 0, column: 3, rule: .featureUnit)
    },
    Hostile("a unit that is no number", .separable) {
      $0.store(Float.nan, $0.weights($0[norm: 0].constant) + 9 * 64)
      return .badColumn(section: .norms, index: 0, column: 0, rule: .featureUnit)
    },
    Hostile("a unit too large", .separable) {
      $0.store(Float(0x1p48).nextUp, $0.weights($0[norm: 0].constant) + 9 * 64 + 4 * 31)
      return .badColumn(section: .norms, index: 0, column: 31, rule: .featureUnit)
    },
  ]

  @Test(arguments: features) func featuresOfANorm(_ hostile: Hostile) throws { try hostile.check() }

  @Test(arguments: classTables) func classTable(_ hostile: Hostile) throws { try hostile.check() }

  @Test(arguments: norms) func norm(_ hostile: Hostile) throws { try hostile.check() }
}

extension ModelFile {
  /// Bytes of the first norm's features, whose hidden channels are 16.
  fileprivate var featureByteCount: UInt32 { UInt32(FeatureLayout(hiddenCount: 16, tapCount: 9).byteCount) }

  /// The first norm with a table of more than `count` channels.
  fileprivate func wideNorm(_ count: UInt32) -> Int? {
    (0..<self.count(.norms)).first {
      self[norm: $0].level != ModelFormat.none && self[table: Int(self[norm: $0].table)].channels > count
    }
  }
}
