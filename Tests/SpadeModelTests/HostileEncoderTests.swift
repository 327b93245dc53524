import SpadeModel
import SpadeTestSupport
import Testing

/// Rules about the encoder section.
@Suite struct HostileEncoderTests {
  static let sizes: [Hostile] = [
    Hostile("cut", .style) {
      let byteCount = $0.range(.encoder).count - 64
      $0.resize(.encoder, to: byteCount)
      return .sectionSize(section: .encoder, byteCount: UInt64(byteCount))
    },
    Hostile("longer", .style) {
      let byteCount = $0.range(.encoder).count + 64
      $0.resize(.encoder, to: byteCount)
      return .sectionSize(section: .encoder, byteCount: UInt64(byteCount))
    },
    Hostile("of another encoder", .style) {
      $0.configuration.encoderChannelUnit = 3
      return .sectionSize(section: .encoder, byteCount: UInt64($0.range(.encoder).count))
    },
    Hostile("of no encoder", .style) {
      $0.configuration.encoderChannelUnit = 0
      return .sectionSize(section: .encoder, byteCount: UInt64($0.range(.encoder).count))
    },
    Hostile("without a style to make", .plain) {
      $0.configuration.encoderChannelUnit = 1
      return .badConfiguration(rule: .encoderWithoutStyle, value: 1)
    },
  ]

  @Test(arguments: sizes) func size(_ hostile: Hostile) throws { try hostile.check() }

  static let products = Array(0..<EncoderLayout.productCount)

  /// Changes a style file at the encoder's product `index`.
  private func check(
    _ index: Int, _ error: ModelError, _ change: (inout ModelFile, _ start: Int, EncoderProduct) -> Void
  ) throws {
    var file = try TinyNetwork.style.file()
    let layout = EncoderLayout(channelUnit: 1, styleCount: Int(file.configuration.styleCount))
    change(&file, file.range(.encoder).lowerBound, layout.product(index))
    file.seal()
    #expect(file.loadingError == error)
  }

  /// The last weight, with its column's bias for unsigned codes put right.
  @Test(arguments: products) func weights(index: Int) throws {
    let layout = EncoderLayout(channelUnit: 1, styleCount: 12)
    let column = layout.product(index).channels - 1
    try check(index, .badColumn(section: .encoder, index: index, column: column, rule: .weight)) {
      file, start, product in
      let panel = start + product.panels + (product.panelCount - 1) * product.panelByteCount
      let place = panel + product.panelByteCount - 1
      let old: Int8 = file.load(place)
      let bias: Int32 = file.load(panel + 124)
      file.store(Int8(-128), place)
      file.store(bias - 128 * (-128 - Int32(old)), panel + 124)
    }
  }

  @Test(arguments: products) func biases(index: Int) throws {
    try check(index, .badColumn(section: .encoder, index: index, column: 1, rule: .encoderBias)) {
      file, start, product in
      file.store(Int32(1), start + product.panels + 4)
    }
    try check(index, .badColumn(section: .encoder, index: index, column: 0, rule: .unsignedBias)) {
      file, start, product in
      let place = start + product.panels + 64
      file.store((file.load(place) as Int32) + 1, place)
    }
  }

  @Test(arguments: products) func scales(index: Int) throws {
    for value in [-1e-6, 0.6, Float.nan, .infinity] {
      try check(index, .badColumn(section: .encoder, index: index, column: 15, rule: .scale)) {
        file, start, product in
        file.store(value, start + product.scales + 60)
      }
    }
  }

  @Test(arguments: [Float.nan, .infinity]) func bias(_ value: Float) throws {
    try check(6, .badColumn(section: .encoder, index: 7, column: 3, rule: .styleBias)) {
      file, start, product in
      file.store(value, start + product.scales + product.scaleByteCount + 12)
    }
  }
}
