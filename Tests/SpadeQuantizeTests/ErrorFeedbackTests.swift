import SpadeInput
import Testing

@testable import SpadeQuantize

/// Rounding that knows which inputs go together, against numbers by hand and against plain rounding.
@Suite struct ErrorFeedbackTests {
  init() throws { try OpenBLAS.load() }

  private func rounded(_ weights: [Float], moments: [Float]) -> [Float] {
    var weights = weights
    ErrorFeedback(moments: moments, dimension: weights.count).round(&weights, columnCount: 1)
    return weights
  }

  /// Inputs that are always equal: 0.4 + 0.4 + 0.4 has to become 1, where each alone would become 0.
  @Test func equalInputsShareTheirErrors() {
    let codes = rounded([0.4, 0.4, 0.4], moments: [Float](repeating: 1, count: 9))
    #expect(codes.reduce(0, +) == 1)
  }

  /// Inputs of opposite sign: 0.4 and 0.4 give 0 together, and 0.4 and −0.4 give 0.8, so one of them has to go.
  @Test func oppositeInputsToo() {
    let moments: [Float] = [1, -1, -1, 1]
    #expect(rounded([0.4, 0.4], moments: moments) == [0, 0])
    let codes = rounded([0.4, -0.4], moments: moments)
    #expect(codes[0] - codes[1] == 1)
  }

  @Test func independentInputsAreRoundedAlone() {
    let codes = rounded([0.4, -0.6, 126.8, 300], moments: [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3])
    #expect(codes == [0, -1, 127, 127])
  }

  /// A hundred inputs made of ten signals: outputs err far less than with each weight at its nearest code.
  @Test func outputsErrLess() {
    var random = SplitMix64(seed: 11)
    let (inputCount, signalCount, columnCount) = (100, 10, 5)
    let mix = (0..<inputCount * signalCount).map { _ in random.normal() }
    var moments = [Float](repeating: 0, count: inputCount * inputCount)
    for row in 0..<inputCount {
      for column in 0..<inputCount {
        for signal in 0..<signalCount {
          moments[row * inputCount + column] +=
            mix[row * signalCount + signal] * mix[column * signalCount + signal]
        }
      }
    }
    let weights = (0..<inputCount * columnCount).map { _ in 20 * random.normal() }
    var codes = weights
    ErrorFeedback(moments: moments, dimension: inputCount).round(&codes, columnCount: columnCount)

    func error(_ codes: [Float]) -> Double {
      var sum = 0.0
      for column in 0..<columnCount {
        for signal in 0..<signalCount {
          var output: Float = 0
          for input in 0..<inputCount {
            let at = input * columnCount + column
            output += mix[input * signalCount + signal] * (weights[at] - codes[at])
          }
          sum += Double(output * output)
        }
      }
      return sum
    }
    #expect(error(codes) < 0.1 * error(weights.map { $0.rounded() }))
  }

  @Test func momentsThatAreNoNumbersGiveCodes() {
    for value in [Float.nan, .infinity, 3e38, 0] {
      let codes = rounded([0.4, 0.4], moments: [Float](repeating: value, count: 4))
      #expect(codes.allSatisfy { abs($0) <= 127 })
    }
  }
}
