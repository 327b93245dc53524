import SpadeInput
import SpadeModel
import SpadeTestSupport

@testable import SpadeQuantize

/// A quantised network that can be planned in several ways.
struct PlannedModel {
  private let network: QuantizedNetwork
  private let censuses: [WindowCensus]
  private let map: LabelMap
  private let style: [Float]

  init(_ tiny: TinyNetwork) throws {
    let generator = try tiny.generator()
    let maps = tiny.maps(3)
    let styles = tiny.configuration.styleCount == nil ? [] : maps.map { _ in tiny.styleVector(seed: 1) }
    network = NetworkQuantizer.quantize(
      generator, ranges: Ranges(generator: generator, maps: maps, styles: styles))
    censuses = network.levels.map {
      WindowCensus(
        maps: maps, width: Int($0.width), height: Int($0.height), kernelSize: tiny.configuration.kernelSize)
    }
    map = maps[0]
    style = styles.first ?? []
  }

  var blockCount: Int { network.configuration.blocks.count }

  /// The network's model file with the plan that follows `options`.
  func file(_ options: PlanOptions) -> [UInt8] {
    file(Planner(network: network, censuses: censuses).plan(options))
  }

  /// The network's model file with the plan that the search finds.
  func file(budget: MemoryBudget) -> [UInt8] {
    file(Planner(network: network, censuses: censuses).best(budget: budget))
  }

  private func file(_ plan: Plan) -> [UInt8] {
    var writer = ModelWriter()
    writer.set(
      .configuration,
      records: [
        ConfigurationRecord(
          network.configuration, network: network, plan: plan, metadataByteCount: 0, encoderChannelUnit: 0)
      ])
    writer.set(names: plan.names)
    writer.set(.buffers, records: plan.buffers)
    writer.set(.levels, records: plan.levels)
    writer.set(.tables, records: network.tables)
    writer.set(.products, records: network.products)
    writer.set(.norms, records: plan.norms)
    writer.set(.steps, records: plan.steps)
    writer.set(.weights, network.weights.bytes)
    writer.set(.test, TestCase(map: map, style: style, checksum: 0).bytes)
    return writer.file(planByteCount: plan.byteCount)
  }
}
