import SpadeModel
import Testing

@testable import SpadeQuantize

/// Weights quantised by hand.
@Suite struct QuantizedProductTests {
  private func product(
    columns: [[Float]], bias: [Float], kernelSize: Int = 1, inputScale: [Float], inputZero: [Int]
  ) -> RealProduct {
    RealProduct(
      columnCount: columns.count, channelCount: inputScale.count, kernelSize: kernelSize,
      weight: columns.flatMap(\.self), bias: bias, inputScale: inputScale, inputZero: inputZero)
  }

  /// The code of a column's weight, and its bias in one of the two rows.
  private func weight(_ product: QuantizedProduct, column: Int, tap: Int = 0, channel: Int, taps: Int = 1)
    -> Int
  {
    let panel = column / 16 * ModelFormat.panelByteCount(tapCount: taps, depth: product.depth)
    let group = tap * product.depth * 16 + channel / 4 * 64 + column % 16 * 4 + channel % 4
    return Int(Int8(bitPattern: product.panels[panel + 128 + group]))
  }

  private func bias(_ product: QuantizedProduct, column: Int, row: Int = 0, taps: Int = 1) -> Int {
    let panel = column / 16 * ModelFormat.panelByteCount(tapCount: taps, depth: product.depth)
    return product.panels.withUnsafeBytes {
      Int($0.loadUnaligned(fromByteOffset: panel + row * 64 + column % 16 * 4, as: Int32.self))
    }
  }

  /// A unit is worth 1/127 of the largest weight: 0.01. Zero points 3 and −2 add 127 · 3 + (−64) · (−2) = 509 to each sum.
  @Test func aColumnByHand() throws {
    let product = try QuantizedProduct(
      product(columns: [[1.27, -0.64]], bias: [0.5], inputScale: [1, 1], inputZero: [3, -2]))
    #expect(product.depth == 16 && product.panelCount == 1)
    #expect(abs(product.unit[0] - 0.01) < 1e-8)
    #expect(weight(product, column: 0, channel: 0) == 127)
    #expect(weight(product, column: 0, channel: 1) == -64)
    #expect(bias(product, column: 0) == 50 - 509)
    #expect(bias(product, column: 0, row: 1) == 50 - 509 - 128 * (127 - 64))
  }

  /// Channels of input code 0.5 and 2 make the weights 0.5 and −2 of equal worth.
  @Test func inputScalesAreFoldedIn() throws {
    let product = try QuantizedProduct(
      product(columns: [[4, -1]], bias: [0], inputScale: [0.5, 2], inputZero: [0, 0]))
    #expect(weight(product, column: 0, channel: 0) == 127)
    #expect(weight(product, column: 0, channel: 1) == -127)
    #expect(abs(product.unit[0] - 2 / 127) < 1e-8)
  }

  /// Column 17 is the second of the second panel; the weight of tap 4 and channel 5 lies in its second group.
  @Test func columnsTapsAndChannelsHaveTheirPlaces() throws {
    var columns = [[Float]](repeating: [Float](repeating: 0, count: 6 * 9), count: 18)
    columns[17][5 * 9 + 4] = 1
    let product = try QuantizedProduct(
      product(
        columns: columns, bias: [Float](repeating: 0, count: 18), kernelSize: 3,
        inputScale: [Float](repeating: 1, count: 6), inputZero: [Int](repeating: 0, count: 6)))
    #expect(product.panelCount == 2)
    #expect(product.panels.count { $0 == 127 } == 1)
    #expect(weight(product, column: 17, tap: 4, channel: 5, taps: 9) == 127)
    #expect(bias(product, column: 17, row: 1, taps: 9) == -128 * 127)
    // Columns beyond the eighteenth are padding.
    #expect(product.unit[18...].allSatisfy { $0 == 0 })
  }

  @Test func panelsHaveRoomForPaddedColumns() throws {
    let real = product(columns: [[1]], bias: [0], inputScale: [1], inputZero: [0])
    #expect(try QuantizedProduct(real, paddedColumnCount: 33).panelCount == 3)
  }

  /// Where a column may run in tiles, the 1152 equal weights of 128 channels may not all have the code 127.
  @Test(arguments: [(3, 1024), (1, 9216)]) func columnsInTilesStayBelowTheirBound(
    kernelSize: Int, channelCount: Int
  ) throws {
    let product = try QuantizedProduct(
      product(
        columns: [[Float](repeating: 1, count: 9216)], bias: [0], kernelSize: kernelSize,
        inputScale: [Float](repeating: 1, count: channelCount),
        inputZero: [Int](repeating: 0, count: channelCount)))
    let code = weight(product, column: 0, channel: 7, taps: kernelSize * kernelSize)
    #expect(kernelSize == 1 ? code == 127 : code == 88)
    #expect(kernelSize == 1 || 1152 * code <= ModelFormat.winogradWeightSum)
  }

  /// Bias 1000 beside a weight of 1e-6: a unit of 1e-6 / 127 would need a bias beyond float32's integers.
  @Test func aLargeBiasMakesUnitsLarger() throws {
    let product = try QuantizedProduct(
      product(columns: [[1e-6]], bias: [1000], inputScale: [1], inputZero: [0]))
    #expect(bias(product, column: 0) == 1 << 22)
  }

  /// A weight of zero stays zero, however much its input's code is worth.
  @Test func aColumnWithoutWeights() throws {
    let product = try QuantizedProduct(
      product(columns: [[0, 0]], bias: [0], inputScale: [1e14, 1], inputZero: [5, 5]))
    #expect(weight(product, column: 0, channel: 0) == 0)
    #expect(bias(product, column: 0) == 0)
  }

  @Test(
    arguments: [
      ([3e38, 3e38], 0, [1, 1]), ([1e30, 1], 0, [1e14, 1]), ([0, 1], 0, [Float.infinity, 1]),
      ([1, 1], Float.infinity, [1, 1]), ([1, 1], -Float.nan, [1, 1]), ([Float.nan, 1], 0, [1, 1]),
    ] as [([Float], Float, [Float])]) func sumsThatAreNotFiniteAreRefused(
      weight: [Float], bias: Float, inputScale: [Float]
    )
  {
    let real = product(columns: [weight], bias: [bias], inputScale: inputScale, inputZero: [0, 0])
    #expect(throws: ValueTooLarge.self) { try QuantizedProduct(real) }
  }

  /// A style of two numbers makes two channels of two pixels: the checkpoint's rows are channel 0 (pixels 0, 1), channel 1.
  @Test func theStyleLayerIsListedPixelByPixel() {
    let layer = Convolution(
      name: "fc", outputChannelCount: 4, inputChannelCount: 2, kernelSize: 1,
      weight: [1, 2, 3, 4, 5, 6, 7, 8], bias: [10, 20, 30, 40])
    let real = RealProduct(styleLayer: layer, channelCount: 2, pixelCount: 2)
    #expect(real.columnCount == 32 && real.channelCount == 2)
    #expect([0, 1, 16, 17].map { real.bias[$0] } == [10, 30, 20, 40])
    #expect(Array(real.weight[0..<4]) == [1, 2, 5, 6])
    #expect(Array(real.weight[32..<36]) == [3, 4, 7, 8])
    #expect(real.inputScale == [0x1p-11, 0x1p-11])
  }
}
