import Foundation
import SpadeInput
import SpadeModel

/// What goes into a model file besides the generator.
public struct CompilerInput {
  public var generator: Generator
  public var encoder: StyleEncoder?
  /// At least one, at network resolution.
  public var maps: [LabelMap]
  public var classes: [ModelMetadata.Class]
  public var provenance: ModelMetadata.Provenance
  /// `nil` for the default.
  public var budget: MemoryBudget?

  /// More maps for the calibration alone: windows are not counted on them.
  public var drawings: [LabelMap]

  public init(
    generator: Generator, encoder: StyleEncoder? = nil, maps: [LabelMap], drawings: [LabelMap] = [],
    classes: [ModelMetadata.Class] = [], provenance: ModelMetadata.Provenance, budget: MemoryBudget? = nil
  ) {
    self.generator = generator
    self.encoder = encoder
    self.maps = maps
    self.drawings = drawings
    self.classes = classes
    self.provenance = provenance
    self.budget = budget
  }
}

/// A compiled model, complete but for the checksums of its built-in test case, which only a run can tell.
public struct CompiledModel {
  private var writer: ModelWriter
  private let plan: Plan
  private let test: TestCase

  /// The model file.
  /// - Parameters:
  ///   - testChecksum: XXH64 of the picture that the test case gives.
  ///   - styleChecksum: XXH64 of the style that the encoder gives the test photo, where there is one.
  public func file(testChecksum: UInt64, styleChecksum: UInt64 = 0) -> [UInt8] {
    var writer = writer
    var test = test
    test.checksum = testChecksum
    test.styleChecksum = styleChecksum
    writer.set(.test, test.bytes)
    return writer.file(planByteCount: plan.byteCount)
  }

  /// Calibrates, quantises and plans.
  /// - Parameter progress: Called before each stage of the work with a short description.
  public init(_ input: CompilerInput, progress: (String) -> Void = { _ in }) throws {
    let generator = input.generator
    let configuration = generator.configuration
    let maps = input.maps + input.drawings
    let styles = maps.indices.map { index in
      NormalGenerator.style(seed: UInt64(index), count: configuration.styleCount ?? 0)
    }
    let ranges = Ranges(
      generator: generator, maps: maps, styles: configuration.styleCount == nil ? [] : styles
    ) { index in
      progress("calibrating, map \(index + 1) of \(maps.count)")
    }
    progress("quantising")
    let network = NetworkQuantizer.quantize(generator, ranges: ranges)
    progress("planning memory")
    let censuses = network.levels.map {
      WindowCensus(
        maps: input.maps, width: Int($0.width), height: Int($0.height), kernelSize: configuration.kernelSize)
    }
    plan = Planner(network: network, censuses: censuses).best(
      budget: input.budget ?? Planner.defaultBudget(configuration))

    test = TestCase(map: input.maps[0], style: configuration.styleCount == nil ? [] : styles[0], checksum: 0)
    let metadata = ModelMetadata(
      classes: input.classes, provenance: input.provenance,
      levels: zip(censuses, plan.levels).map {
        .init(
          width: $0.width, height: $0.height, windowCount: $0.outer, windowCapacity: Int($1.outerCapacity))
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = try encoder.encode(metadata)

    var writer = ModelWriter()
    writer.set(
      .configuration,
      records: [
        ConfigurationRecord(
          configuration, network: network, plan: plan, metadataByteCount: json.count,
          encoderChannelUnit: input.encoder?.layers.first?.outputChannelCount ?? 0)
      ])
    writer.set(names: plan.names)
    writer.set(.buffers, records: plan.buffers)
    writer.set(.levels, records: plan.levels)
    writer.set(.tables, records: network.tables)
    writer.set(.products, records: network.products)
    writer.set(.norms, records: plan.norms)
    writer.set(.steps, records: plan.steps)
    writer.set(.weights, network.weights.bytes)
    writer.set(.encoder, input.encoder.map(EncoderSection.bytes) ?? [])
    writer.set(.metadata, [UInt8](json))
    self.writer = writer
  }
}

extension ConfigurationRecord {
  init(
    _ configuration: GeneratorConfiguration, network: QuantizedNetwork, plan: Plan, metadataByteCount: Int,
    encoderChannelUnit: Int
  ) {
    self.init()
    width = UInt32(configuration.width)
    height = UInt32(configuration.height)
    labelCount = UInt32(configuration.labelCount)
    unknownLabel = configuration.hasUnknownClass ? UInt32(configuration.classCount) : ModelFormat.none
    hasEdges = configuration.hasEdges ? 1 : 0
    styleCount = UInt32(configuration.styleCount ?? 0)
    kernelSize = UInt32(configuration.kernelSize)
    hiddenChannelCount = UInt32(
      ModelFormat.padded(configuration.hiddenChannelCount, to: ModelFormat.channelBlock))
    channelUnit = UInt32(configuration.channelUnit)
    doublingCount = UInt32(configuration.upsampling.doublingCount)
    normalization = configuration.normalization == .batch ? 0 : 1
    nameCount = UInt32(plan.names.count)
    bufferCount = UInt32(plan.buffers.count)
    levelCount = UInt32(plan.levels.count)
    tableCount = UInt32(network.tables.count)
    productCount = UInt32(network.products.count)
    normCount = UInt32(plan.norms.count)
    stepCount = UInt32(plan.steps.count)
    self.metadataByteCount = UInt32(metadataByteCount)
    symbolBuffer = UInt32(plan.symbolBuffer)
    stateBuffer = UInt32(plan.stateBuffer)
    tapRowCapacity = UInt32(plan.tapRowCapacity)
    usesWinograd = plan.usesWinograd ? 1 : 0
    self.encoderChannelUnit = UInt32(encoderChannelUnit)
    let dense = UInt64(configuration.denseProductCount)
    denseProductsLow = UInt32(truncatingIfNeeded: dense)
    denseProductsHigh = UInt32(truncatingIfNeeded: dense >> 32)
  }
}
