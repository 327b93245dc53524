import SpadeModel
import SpadeTestSupport
import Testing

/// Rules about products and their weights.
@Suite struct HostileProductTests {
  static let products: [Hostile] = [
    Hostile("kernel") {
      $0[product: 0].kernelSize = 6
      return .badProduct(index: 0, rule: .kernelSize)
    },
    Hostile("depth") {
      $0[product: 0].depth = 12
      return .badProduct(index: 0, rule: .depth)
    },
    Hostile("no panels") {
      $0[product: 0].panelCount = 0
      return .badProduct(index: 0, rule: .panelCount)
    },
    Hostile("name") {
      $0[product: 0].name = .max
      return .badProduct(index: 0, rule: .name)
    },
    Hostile("more input channels used than there are") {
      $0[product: 0].usedDepth = $0[product: 0].depth + 1
      return .badProduct(index: 0, rule: .usedDepth)
    },
    Hostile("no output columns used") {
      $0[product: 0].usedColumns = 0
      return .badProduct(index: 0, rule: .usedColumns)
    },
    Hostile("panels outside") {
      $0[product: 0].panelCount = (1 << 24) - 1
      return .badProduct(index: 0, rule: .panels)
    },
    Hostile("scale outside") {
      $0[product: 0].scale = .max
      return .badProduct(index: 0, rule: .scales)
    },
    Hostile("scale too large") {
      $0.store(Float(0.5).nextUp, $0.weights($0[product: 0].scale) + 4 * 3)
      return .badColumn(section: .products, index: 0, column: 3, rule: .scale)
    },
    Hostile("scale no number") {
      $0.store(Float.nan, $0.weights($0[product: 0].scale))
      return .badColumn(section: .products, index: 0, column: 0, rule: .scale)
    },
  ]

  static let weights: [Hostile] = [
    Hostile("a weight of −128") {
      let product = $0[product: 0]
      let panel = $0.weights(product.panels)
      // The last depth of column 5, with the bias for unsigned codes put right.
      let place = panel + ModelFormat.panelHeaderByteCount + 64 * (Int(product.depth) / 4 - 1) + 4 * 5 + 3
      let old: Int8 = $0.load(place)
      let bias: Int32 = $0.load(panel + 64 + 4 * 5)
      $0.store(Int8(-128), place)
      $0.store(bias - 128 * (-128 - Int32(old)), panel + 64 + 4 * 5)
      return .badColumn(section: .products, index: 0, column: 5, rule: .weight)
    },
    Hostile("a bias for unsigned codes that is one off") {
      let last = $0.otherProduct { $0.panelCount > 1 }
      let product = $0[product: Int(last)]
      let panelByteCount = ModelFormat.panelByteCount(
        tapCount: Int(product.kernelSize * product.kernelSize), depth: Int(product.depth))
      let place = $0.weights(product.panels) + panelByteCount + 64
      $0.store(($0.load(place) as Int32) + 1, place)
      return .badColumn(section: .products, index: Int(last), column: 16, rule: .unsignedBias)
    },
    Hostile("weights too large for tiles") {
      $0.putProduct(depth: 144, weight: 90)
      return .badColumn(section: .products, index: 0, column: 0, rule: .weightSum)
    },
    Hostile("two products with the same weights") {
      // Not too large for tiles by one, and twice as many bytes as the section has.
      let others = $0.range(.weights).count
      $0.putProduct(depth: 224, weight: 89, panelCount: 2 + others / (1 << 14))
      $0[product: 1] = $0[product: 0]
      return .sharedWeights
    },
  ]

  @Test(arguments: weights) func weight(_ hostile: Hostile) throws { try hostile.check() }

  @Test(arguments: products) func product(_ hostile: Hostile) throws { try hostile.check() }
}

extension ModelFile {
  /// Gives product 0 new 3×3 weights, all the same, at the end of the section.
  fileprivate mutating func putProduct(depth: Int, weight: Int8, panelCount: Int = 1) {
    let start = range(.weights).count
    let panelByteCount = ModelFormat.panelByteCount(tapCount: 9, depth: depth)
    let scales = start + panelCount * panelByteCount
    resize(.weights, to: scales + 64 * panelCount)
    self[product: 0].panels = UInt32(start / 64)
    self[product: 0].panelCount = UInt32(panelCount)
    self[product: 0].kernelSize = 3
    self[product: 0].usedColumns = 1
    self[product: 0].depth = UInt32(depth)
    self[product: 0].scale = UInt32(scales / 64)
    for panel in 0..<panelCount {
      let place = weights(UInt32(start / 64)) + panel * panelByteCount
      for column in 0..<16 { store(-128 * 9 * Int32(depth) * Int32(weight), place + 64 + 4 * column) }
      for byte in 128..<panelByteCount { store(weight, place + byte) }
    }
  }
}
