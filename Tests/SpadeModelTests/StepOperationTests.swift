import SpadeTestSupport
import Testing

@testable import SpadeModel

/// Records read as operations with typed indices, and made of them.
@Suite struct StepOperationTests {
  /// Every kind but two is in one of them.
  @Test(arguments: TinyNetwork.allCases) func recordsOfAModel(_ network: TinyNetwork) throws {
    let run = try ModelRun(network.file().bytes)
    defer { withExtendedLifetime(run) {} }
    let model = run.model
    for index in 0..<model.stepCount {
      var record = StepRecord(model.step(StepIndex(index)))
      var file = model.step(index)
      withUnsafeBytes(of: &record) { made in
        withUnsafeBytes(of: &file) { #expect(made.elementsEqual($0), "step \(index)") }
      }
    }
    for index in 0..<model.normCount {
      var record = model.norm(index)
      record.set(model.norm(NormIndex(index)).source)
      var file = model.norm(index)
      withUnsafeBytes(of: &record) { made in
        withUnsafeBytes(of: &file) { #expect(made.elementsEqual($0), "norm \(index)") }
      }
    }
  }

  @Test func fieldsByHand() {
    var record = StepRecord()
    record.kind = 4
    (record.input, record.output, record.residual, record.operand, record.workspace) = (1, 2, 3, 4, 5)
    (record.residualShift, record.scale) = (1, 0.5)
    let convolution = StepOperation.Convolution(
      product: ProductIndex(4), input: BufferIndex(1), output: BufferIndex(2),
      residual: StepOperation.Residual(buffer: BufferIndex(3), shift: 1, scale: 0.5),
      workspace: BufferIndex(5))
    #expect(record.operation == .convolve(convolution))
    #expect(!convolution.isInPlace)
    (record.residual, record.workspace) = (.max, .max)
    #expect(
      record.operation
        == .convolve(
          StepOperation.Convolution(product: ProductIndex(4), input: BufferIndex(1), output: BufferIndex(2))))
    record.kind = 9
    #expect(record.operation == .statistics(NormIndex(4)))
    record.kind = 0xFF
    #expect(record.operation == nil)
  }
}
