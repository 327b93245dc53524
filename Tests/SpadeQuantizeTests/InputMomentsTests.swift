import Testing

@testable import SpadeQuantize

/// Moments of inputs, by hand.
@Suite struct InputMomentsTests {
  init() throws { try OpenBLAS.load() }

  /// Two channels of one row: 1 2 3 and 0 1 0.
  private let tensor = Tensor(channelCount: 2, height: 1, width: 3, values: [1, 2, 3, 0, 1, 0])

  @Test func pairsOfAllInputs() {
    var moments = InputMoments(channelCount: 2, kernelSize: 1, pairs: .all)
    moments.include(tensor)
    #expect(moments.dimension == 2)
    #expect(moments.mean(0) == 2)
    #expect(abs(moments.mean(1) - 1.0 / 3) < 1e-6)
    let expected = [14, 2, 2, 1].map { Float($0) / 3 }
    for (value, wanted) in zip(moments.block(from: 0), expected) { #expect(abs(value - wanted) < 1e-6) }
  }

  /// Outside the tensor taps read zero. The tap to the left of the middle and the middle itself of channel 0: 0·1, 1·2, 2·3.
  @Test func pairsOfTaps() {
    var moments = InputMoments(channelCount: 2, kernelSize: 3, pairs: .tapsOfChannels)
    moments.include(tensor)
    #expect(moments.dimension == 9)
    #expect(moments.mean(3) == 1)
    #expect(moments.mean(0) == 0)
    let block = moments.block(from: 0)
    #expect(abs(block[3 * 9 + 4] - 8.0 / 3) < 1e-6)
    #expect(abs(block[4 * 9 + 3] - 8.0 / 3) < 1e-6)
    #expect(abs(moments.block(from: 9)[4 * 9 + 4] - 1.0 / 3) < 1e-6)
  }

  /// Large tensors are sampled; a constant one shows it in nothing.
  @Test func samplesOfLargeTensors() {
    var moments = InputMoments(channelCount: 1, kernelSize: 1, pairs: .all)
    moments.include(
      Tensor(channelCount: 1, height: 100, width: 100, values: [Float](repeating: 3, count: 10_000)))
    #expect(moments.mean(0) == 3)
    #expect(moments.block(from: 0) == [9])
  }

  /// Too many inputs for all pairs: those of a channel's taps remain.
  @Test func manyInputsKeepTheirTaps() {
    #expect(InputMoments(channelCount: 228, kernelSize: 3, pairs: .all).dimension == 9)
    #expect(InputMoments(channelCount: 128, kernelSize: 3, pairs: .all).dimension == 1152)
  }
}
