import SpadeModel
import Testing

@testable import SpadeQuantize

/// Records of `HandNetwork`.
@Suite struct LoweringTests {
  private let network: QuantizedNetwork
  private let plan: Plan
  private let records: Lowering

  init() {
    network = HandNetwork.network()
    plan = Planner(network: network).plan(
      PlanOptions(
        schedule: ScheduleOptions(
          firstBandedBlock: 3, bandRowCount: 8, chunkPixelCount: 64, makesWholeTiles: false),
        windows: HandNetwork.windows(network), tapRowCapacity: 31,
        tileCounts: network.stages.mapValues { _ in 4 }))
    records = Lowering(network, plan)
  }

  private func step(_ name: String, _ kind: StepKind) throws -> StepRecord {
    try #require(
      records.steps.first {
        records.names.names[Int($0.name)] == name && $0.kind == kind.rawValue
      })
  }

  private func bufferName(_ field: UInt32) -> String {
    records.names.names[Int(records.buffers[Int(field)].name)]
  }

  @Test func stepsReadAndWriteBuffers() throws {
    let convolution = try step("conv_b", .convolve)
    #expect(bufferName(convolution.input) == "codes_b")
    #expect(bufferName(convolution.output) == "b")
    #expect(bufferName(convolution.residual) == "a")
    #expect(bufferName(convolution.workspace) == "workspace")
    #expect(convolution.residualShift == 1 && convolution.scale == 2)
    #expect(convolution.rowStart == 0 && convolution.rowEnd == 8)
    #expect(records.names.names[Int(convolution.block)] == "block 1")
    #expect(records.names.names[Int(records.products[Int(convolution.operand)].name)] == "conv_b")
  }

  @Test func stepsOfASpadeLayerNameItsNormAndItsLevel() throws {
    #expect(try step("norm_b", .windows).operand == 1)
    for kind in [StepKind.hidden, .affine] {
      let record = try step("norm_b", kind)
      #expect(record.operand == 1)
      #expect(record.input == ModelFormat.none && record.output == ModelFormat.none)
    }
    let modulation = try step("norm_b", .modulate)
    #expect(modulation.operand == 1 && modulation.inputShift == 1)
    #expect(bufferName(modulation.input) == "a" && bufferName(modulation.output) == "codes_b")
  }

  @Test func whatIsNotThereIsNone() throws {
    let first = try step("first", .labelFirst)
    #expect(first.input == ModelFormat.none && first.workspace == ModelFormat.none)
    let picture = try step("picture", .picture)
    #expect(picture.output == ModelFormat.none && picture.residual == ModelFormat.none)
    let relu = records.norms[2]
    let fields = [relu.level, relu.table, relu.product, relu.hiddenBuffer, relu.affineBuffer]
    #expect(fields == [UInt32](repeating: ModelFormat.none, count: 5))
    #expect(relu.constant == 0)
    #expect(records.norms[0].constant == ModelFormat.none)
  }

  @Test func normsAndLevelsNameTheirBuffers() {
    #expect(bufferName(records.norms[0].hiddenBuffer) == "norm_a.hidden")
    #expect(bufferName(records.norms[1].affineBuffer) == "norm_b.affine")
    #expect(bufferName(records.levels[1].buffer) == "windows 8x8")
    #expect(records.levels[1].outerCapacity == 64)
  }

  @Test func buffersOfTensorsSayTheirShape() throws {
    let wide = try #require(records.buffers.first { records.names.names[Int($0.name)] == "b" })
    #expect(wide.kind == BufferKind.wide.rawValue && wide.scale == 0.5)
    #expect(wide.width == 8 && wide.height == 8 && wide.rowCapacity == 8)
    #expect(wide.channels == 16 && wide.usedChannels == 16)
    let codes = try #require(records.buffers.first { records.names.names[Int($0.name)] == "codes_b" })
    #expect(codes.kind == BufferKind.codes.rawValue && codes.scale == 0)
  }

  @Test func theStyleIsTheFirstStepsInput() throws {
    let network = HandNetwork.network(readsStyle: true)
    let options = PlanOptions(
      schedule: ScheduleOptions(
        firstBandedBlock: 3, bandRowCount: 8, chunkPixelCount: 64, makesWholeTiles: false),
      windows: HandNetwork.windows(network), tapRowCapacity: 0,
      tileCounts: network.stages.mapValues { _ in 0 })
    let plan = Planner(network: network).plan(options)
    let records = Lowering(network, plan)
    let first = try #require(records.steps.first)
    #expect(first.kind == StepKind.styleFirst.rawValue)
    let style = records.buffers[Int(first.input)]
    #expect(records.names.names[Int(style.name)] == "style")
    #expect(style.kind == BufferKind.raw.rawValue && style.firstStep == 0 && style.byteCount == 64)
  }

  @Test func theConfigurationCountsTheRecords() {
    let record = records.configuration(metadataByteCount: 3, encoderChannelUnit: 0)
    #expect(record.tableCount == 1 && record.productCount == 5 && record.normCount == 3)
    #expect(record.levelCount == 2 && record.stepCount == UInt32(plan.steps.count))
    #expect(record.bufferCount == UInt32(plan.buffers.count))
    #expect(record.unknownLabel == ModelFormat.none)
    #expect(record.metadataByteCount == 3 && record.usesWinograd == 1 && record.tapRowCapacity == 31)
  }
}
