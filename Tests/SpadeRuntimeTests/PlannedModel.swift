import SpadeCost
import SpadeInput
import SpadeModel
import SpadeTestSupport

@testable import SpadeQuantize

/// A quantised network that can be planned in several ways.
struct PlannedModel {
  let network: QuantizedNetwork
  let scenes: [PlanScene]
  private let map: LabelMap
  private let style: [Float]

  init(_ tiny: TinyNetwork) throws {
    let generator = try tiny.generator()
    let maps = tiny.maps(3)
    let styles = tiny.configuration.styleCount == nil ? [] : maps.map { _ in tiny.styleVector(seed: 1) }
    network = try NetworkQuantizer.quantize(
      generator, ranges: Ranges(generator: generator, maps: maps, styles: styles))
    scenes = network.scenes(maps)
    map = maps[0]
    style = styles.first ?? []
  }

  /// The network's model file with one plan.
  func file(_ variant: PlanTests.Variant) -> [UInt8] {
    file(Planner(network: network).plan(options(variant)))
  }

  /// The network's model file with the plan that the search finds.
  func file(byteCount: Int, threadCount: Int = 1) -> [UInt8] {
    let search = PlanSearch(network, scenes: scenes, machine: .reference(threadCount: threadCount))
    return file(search.plan(search.best(byteCount: byteCount)))
  }

  private func file(_ plan: Plan) -> [UInt8] {
    var writer = ModelWriter(network, plan)
    writer.set(TestCase(map: map, style: style, checksum: 0))
    return writer.file()
  }

  /// Shares are of the windows of the scene that has most.
  private func options(_ variant: PlanTests.Variant) -> PlanOptions {
    let schedule = ScheduleOptions(
      firstBandedBlock: variant.firstBandedBlock, bandRowCount: variant.bandRowCount,
      chunkPixelCount: variant.chunkPixelCount, makesWholeTiles: variant.bandTiles > 0)
    func most(_ level: Level.Index, _ count: (WindowCounts) -> Int) -> Int {
      scenes.map { count($0.counts[level]) }.max() ?? 0
    }
    func times(_ share: Double, _ count: Int) -> Int { Int(min(share * Double(count), 1e6)) }
    let windows = network.levels.indices.map { level in
      let share = isBanded(level, schedule) ? variant.band : variant.whole
      return WindowCapacity(
        inner: times(share, most(level, \.innerTotal)), outer: times(share, most(level, \.outerTotal)))
    }
    let inner = network.levels.indices.map { most($0, \.innerTotal) }.max() ?? 0
    return PlanOptions(
      schedule: schedule, windows: Indexed(windows),
      tapRowCapacity: network.configuration.kernelSize == 1
        ? 0 : min(times(variant.taps, inner + 1), ModelFormat.windowLimit),
      tileCounts: network.stages.mapValues {
        schedule.isBanded($0) ? variant.bandTiles : variant.wholeTiles
      },
      keptNorms: variant.keepsAffines ? Set(network.norms.indices) : [])
  }

  private func isBanded(_ level: Level.Index, _ options: ScheduleOptions) -> Bool {
    network.stages.contains { stage in
      guard case .modulate(let modulation) = stage.operation else { return false }
      return options.isBanded(stage) && network.norms[modulation.norm].level == level
    }
  }
}
