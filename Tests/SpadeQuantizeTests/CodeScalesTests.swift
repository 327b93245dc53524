import Testing

@testable import SpadeQuantize

/// Intervals as codes, by hand.
@Suite struct CodeScalesTests {
  /// One channel that saw `values` among a thousand zeros, so that its standard deviation is small.
  private func interval(_ values: [Float]) -> ChannelIntervals {
    var interval = ChannelIntervals(channelCount: 1)
    let all = values + [Float](repeating: 0, count: 1000)
    interval.include(Tensor(channelCount: 1, height: 1, width: all.count, values: all))
    return interval
  }

  /// 255 steps of 0.01 from −1.00 to 1.55: zero is the 100th code after −128.
  @Test func anIntervalFillsTheCodes() throws {
    let codes = try CodeScales(interval([-1, 1.55]), slope: 1, channelCount: 1)
    #expect(abs(codes.scale[0] - 0.01) < 1e-7)
    #expect(codes.zero == [-28])
  }

  @Test func zeroIsTheEndOfAOneSidedInterval() throws {
    #expect(try CodeScales(interval([5.1]), slope: 1, channelCount: 1).zero == [-128])
    #expect(try CodeScales(interval([-5.1]), slope: 1, channelCount: 1).zero == [127])
  }

  /// Behind a leaky relu of slope 0.2 only a fifth of the negative side needs codes: −0.5 … 2.05.
  @Test func slopesShortenTheNegativeSide() throws {
    let codes = try CodeScales(interval([-2.5, 2.05]), slope: 0.2, channelCount: 1)
    #expect(abs(codes.scale[0] - 0.01) < 1e-7)
    #expect(codes.zero == [-78])
  }

  /// Values −1 and 1 in turn have mean 0 and standard deviation 1: codes reach 6 times as far.
  @Test func sixDeviationsAtLeast() throws {
    var intervals = ChannelIntervals(channelCount: 1)
    let values = (0..<100).map { Float($0 % 2 * 2 - 1) }
    intervals.include(Tensor(channelCount: 1, height: 10, width: 10, values: values))
    let codes = try CodeScales(intervals, slope: 1, channelCount: 1)
    #expect(abs(codes.scale[0] - 12.0 / 255) < 1e-6)
  }

  @Test func withoutAnIntervalACodeIsOne() throws {
    let codes = try CodeScales(nil, slope: 1, channelCount: 2)
    #expect(codes.scale == [1, 1] && codes.zero == [0, 0])
  }

  @Test(arguments: [Float.infinity, -Float.infinity, 3e38, 1e20]) func intervalsWithoutAScaleAreRefused(
    value: Float
  ) {
    #expect(throws: ValueTooLarge.self) { try CodeScales(interval([value]), slope: 1, channelCount: 1) }
  }
}
