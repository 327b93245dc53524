import SpadeInput
import Testing

@testable import SpadeQuantize

struct ConvolutionCase: CustomTestStringConvertible, Sendable {
  var input = 3, output = 4, kernelSize = 3, stride = 1, height = 5, width = 7
  var seed: UInt64 = 1
  var testDescription: String {
    "\(input)→\(output) \(kernelSize)x\(kernelSize)/\(stride) on \(height)x\(width) seed \(seed)"
  }

  static let all: [ConvolutionCase] = [
    .init(), .init(kernelSize: 1), .init(kernelSize: 5), .init(kernelSize: 7), .init(stride: 2),
    .init(kernelSize: 1, stride: 2), .init(kernelSize: 5, stride: 3), .init(stride: 2, height: 8, width: 8),
    .init(height: 1, width: 1), .init(kernelSize: 5, height: 2, width: 1),
    .init(kernelSize: 7, stride: 2, height: 2, width: 2), .init(input: 1, output: 1, height: 1, width: 9),
  ]
}

@Suite struct ReferenceConvolutionTests {
  @Test("A convolution is the sum over its taps", arguments: ConvolutionCase.all)
  func matchesDefinition(_ the: ConvolutionCase) {
    var random = SplitMix64(seed: the.seed)
    let input = random.tensor(the.input, the.height, the.width)
    let convolution = random.convolution("c", the.input, the.output, the.kernelSize)
    let expected = naiveConvolution(convolution, input, stride: the.stride)
    #expect(largestDifference(convolution.applied(to: input, stride: the.stride), expected) < 1e-5)
  }

  @Test("Bands of rows do not change a convolution", arguments: [1, 3 * 9 * 7 * 2, 3 * 9 * 7 * 4])
  func bandsDoNotMatter(unfoldedCapacity: Int) {
    var random = SplitMix64(seed: 2)
    let input = random.tensor(3, 5, 7)
    let pair = [random.convolution("a", 3, 4, 3), random.convolution("b", 3, 2, 3)]
    let outputs = Convolution.apply(pair, to: input, unfoldedCapacity: unfoldedCapacity)
    for (convolution, output) in zip(pair, outputs) {
      #expect(largestDifference(output, naiveConvolution(convolution, input)) < 1e-5)
    }
  }

  @Test("A label table is a convolution of the one-hot map", arguments: [1, 3, 5, 7], [false, true])
  func labelTableMatchesOneHot(kernelSize: Int, hasEdges: Bool) {
    let labelCount = 6
    for (height, width) in [(5, 8), (1, 1), (2, 3), (9, 1)] {
      var random = SplitMix64(seed: UInt64(kernelSize * 100 + width))
      let labels = random.labels(height, width, labelCount: labelCount, hasEdges: hasEdges)
      let convolution = random.convolution("c", labelCount + (hasEdges ? 1 : 0), 5, kernelSize)
      let expected = naiveConvolution(convolution, oneHot(labels, labelCount: labelCount))
      #expect(largestDifference(LabelTable(convolution).applied(to: labels), expected) < 1e-5)
    }
  }
}
