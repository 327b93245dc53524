import Testing

@testable import SpadeQuantize

/// Label tables quantised by hand.
@Suite struct QuantizedTableTests {
  /// 1×1: two labels and the edge channel to one channel.
  private let point = Convolution(
    name: "t", outputChannelCount: 1, inputChannelCount: 3, kernelSize: 1, weight: [1, -2, 0.5], bias: [0.25])

  @Test func rowsOfLabelsThenEdges() throws {
    let table = try QuantizedTable(point, labelCount: 2, hasEdges: true, unit: [0.25])
    #expect(table.channels == 16)
    #expect(table.rows.count == 3 * 16)
    #expect([0, 16, 32].map { table.rows[$0] } == [4, -8, 2])
    #expect(table.bias[0] == 1)
    #expect(table.unit == [0.25])
    #expect(table.rows.count { $0 != 0 } == 3)
  }

  /// Taps come first, then labels, then edges of all taps after all labels.
  @Test func rowsOfTaps() throws {
    let convolution = Convolution(
      name: "t", outputChannelCount: 2, inputChannelCount: 2, kernelSize: 3,
      weight: (0..<36).map(Float.init), bias: [0, 0])
    let table = try QuantizedTable(convolution, labelCount: 1, hasEdges: true, unit: [1, 1])
    #expect(table.rows[5 * 16] == 5)
    #expect(table.rows[5 * 16 + 1] == 23)
    #expect(table.rows[(9 + 5) * 16] == 14)
    #expect(table.rows[(9 + 5) * 16 + 1] == 32)
  }

  /// The largest sum is |−2| + |0.5| + |0.25|; its codes must not leave int16, whatever unit was wanted.
  @Test(arguments: [0, 16]) func unitsGrowUntilSumsFit(headroom: Int) throws {
    let table = try QuantizedTable(point, labelCount: 2, hasEdges: true, unit: [1e-9], headroom: headroom)
    let sum = abs(Int(table.rows[16])) + Int(table.rows[32]) + Int(table.bias[0])
    #expect(sum <= 32767 - headroom && sum > 32767 - headroom - 5)
    #expect(abs(table.unit[0] * Float(sum) / 2.75 - 1) < 1e-4)
  }

  /// The second channel's sums are the largest: 100 at code 32765.
  @Test func theFirstTensorHasOneUnit() throws {
    let convolution = Convolution(
      name: "fc", outputChannelCount: 2, inputChannelCount: 1, kernelSize: 1, weight: [1, 100], bias: [0, 0])
    let table = try QuantizedTable(
      firstLayer: LabelConvolution(labels: convolution), labelCount: 1, hasEdges: false, scale: 1e-6)
    #expect(table.unit[0] == table.unit[1])
    #expect(table.rows[1] == 32765)
    #expect(table.rows[0] == 328)
  }

  /// Label 0 gives 2 + 0.5 inside its areas and label 1 gives 1 + 0.5, whatever the calibration saw; a code is worth 1/255
  /// of the most, and a unit 1/32 of that.
  @Test func hiddenUnitsFollowTheLargestActivation() throws {
    let shared = Convolution(
      name: "s", outputChannelCount: 1, inputChannelCount: 2, kernelSize: 1, weight: [2, 1], bias: [0.5])
    func unit(_ seen: [Float]?) throws -> Float {
      try QuantizedTable(
        hiddenLayer: LabelConvolution(labels: shared), labelCount: 2, hasEdges: false, seen: seen
      ).unit[0]
    }
    #expect(try unit(nil) == 2.5 / 8160)
    #expect(try unit([1]) == 2.5 / 8160)
    #expect(try unit([3]) == 3.0 / 8160)
  }

  @Test(arguments: [3e38, -3e38, 1e30] as [Float]) func valuesWithoutAScaleAreRefused(value: Float) {
    var convolution = point
    convolution.bias = [value]
    #expect(throws: ValueTooLarge.self) {
      try QuantizedTable(convolution, labelCount: 2, hasEdges: true, unit: [1])
    }
  }
}
