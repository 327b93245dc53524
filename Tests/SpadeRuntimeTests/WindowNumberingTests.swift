import SpadeInput
import SpadeModel
import SpadeTestSupport
import Testing

@testable import SpadeQuantize
@testable import SpadeRuntime

/// The planner's idea of the windows that a plan makes is what the executor makes.
@Suite struct WindowNumberingTests {
  @Test(arguments: [TinyNetwork.plain, .instanceEdges, .wideKernel]) func numberedAsForeseen(
    _ network: TinyNetwork
  ) throws {
    let planned = try PlannedModel(network)
    for variant in PlanTests.variants {
      let run = try ModelRun(planned.file(variant))
      defer { withExtendedLifetime(run) {} }
      for map in [network.maps(1, seed: 9)[0], network.noiseMap(), network.flatMap()] {
        try run.expectWindows(map, network.styleVector(seed: 3), planned.network)
      }
    }
  }
}

extension ModelRun {
  fileprivate func expectWindows(_ map: LabelMap, _ style: [Float], _ network: QuantizedNetwork) throws {
    let kernelSize = network.configuration.kernelSize
    let counts = network.levels.map { WindowCounts(map, $0, kernelSize: kernelSize) }
    _ = try withRuntime { runtime, picture in
      try runtime.begin(map, style: style, picture: picture)
      var generations = [UInt32](repeating: 0, count: model.levelCount)
      var starts = [Int](repeating: -1, count: model.levelCount)
      for index in 0..<model.stepCount {
        runtime.execute(index)
        let step = model.step(StepIndex(index))
        guard case .windows(let levelIndex) = step.operation else { continue }
        let level = runtime.level(levelIndex)
        guard level.generation != generations[Int(levelIndex)] else { continue }
        generations[Int(levelIndex)] = level.generation
        let record = model.level(levelIndex)
        let capacity = WindowCapacity(inner: Int(record.innerCapacity), outer: Int(record.outerCapacity))
        func windows(from start: Int) -> NumberedWindows {
          NumberedWindows(counts[Int(levelIndex)], from: start, capacity: capacity)
        }
        // From the first row that is needed any more, where the step's rows are within reach from there.
        let first = try #require(firstRow(of: levelIndex, from: index))
        let all = windows(from: first)
        let isWithinReach = starts[Int(levelIndex)] != first && all.rows.upperBound >= step.rows.upperBound
        let expected = isWithinReach ? all : windows(from: step.rows.lowerBound)
        starts[Int(levelIndex)] = level.rows.lowerBound
        #expect(level.rows == expected.rows && level.outerCount == expected.outer)
        // Rows beyond those of the outer windows may have been looked at.
        #expect(abs(level.innerCount - expected.inner) <= map.width)
      }
    }
  }

  private func firstRow(of level: LevelIndex, from step: Int) -> Int? {
    (step..<model.stepCount).map { model.step(StepIndex($0)) }.filter { $0.operation == .windows(level) }
      .map(\.rows.lowerBound).min()
  }
}
