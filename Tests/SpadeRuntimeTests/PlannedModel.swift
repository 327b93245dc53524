import SpadeInput
import SpadeModel
import SpadeTestSupport

@testable import SpadeQuantize

/// A quantised network that can be planned in several ways.
struct PlannedModel {
  private let network: QuantizedNetwork
  private let censuses: Indexed<Level, WindowCensus>
  private let map: LabelMap
  private let style: [Float]

  init(_ tiny: TinyNetwork) throws {
    let generator = try tiny.generator()
    let maps = tiny.maps(3)
    let styles = tiny.configuration.styleCount == nil ? [] : maps.map { _ in tiny.styleVector(seed: 1) }
    network = try NetworkQuantizer.quantize(
      generator, ranges: Ranges(generator: generator, maps: maps, styles: styles))
    censuses = network.censuses(of: maps)
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
    file(PlanSearch(network, censuses: censuses).best(budget: budget))
  }

  private func file(_ plan: Plan) -> [UInt8] {
    var writer = ModelWriter(network, plan)
    writer.set(TestCase(map: map, style: style, checksum: 0))
    return writer.file()
  }
}
