import SpadeInput
import SpadeModel
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// Sums over windows, as often as they occur, against sums over pixels by hand.
@Suite struct FeatureStatisticsTests {
  private struct Moments: Equatable {
    var norm: NormIndex
    var sums: [Int64] = []
    var squares: [Int64] = []
  }

  private static let network = TinyNetwork.separable
  private static let maps = [network.maps(1, seed: 9)[0], network.noiseMap(), network.flatMap()]

  /// What each `statistics` step finds.
  /// - Parameter check: Called right after each.
  private static func moments(
    _ run: ModelRun, _ map: LabelMap, kernels: KernelSet, threadCount: Int,
    check: (borrowing Runtime, Moments) -> Void = { _, _ in }
  ) throws -> [Moments] {
    try run.withRuntime(kernels: kernels, threadCount: threadCount) { runtime, picture in
      try runtime.begin(map, style: [], picture: picture)
      var all: [Moments] = []
      for index in 0..<run.model.stepCount {
        runtime.execute(index)
        guard case .statistics(let norm) = run.model.step(StepIndex(index)).operation else { continue }
        let features = runtime.features(run.model.windowAffine(norm))
        var moments = Moments(norm: norm)
        for feature in 0..<features.layout.count {
          moments.sums.append(features.sums[feature])
          moments.squares.append(features.squares[feature])
        }
        check(runtime, moments)
        all.append(moments)
      }
      return all
    }.result
  }

  /// Where all windows have room, hidden activations of every pixel are there after the step.
  @Test(arguments: maps.indices) func sumsAreThoseOfThePixels(map index: Int) throws {
    let run = try ModelRun(PlannedModel(Self.network).file(PlanTests.roomiest))
    let found = try Self.moments(run, Self.maps[index], kernels: .best, threadCount: 2) { runtime, moments in
      let norm = run.model.windowAffine(moments.norm)
      let features = runtime.features(norm)
      let pixels = runtime.pixelFeatures(norm)
      let count = Double(pixels.count)
      for feature in 0..<features.layout.count {
        let values = pixels.map { $0[feature] }
        #expect(values.reduce(0, +) == moments.sums[feature])
        #expect(values.reduce(0) { $0 + $1 * $1 } == moments.squares[feature])
        let mean = Double(moments.sums[feature]) / count
        let variance = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        let unit = Double(features.units[feature])
        let factor = unit * 32639 / count.squareRoot() / (variance * unit * unit + 1e-5).squareRoot()
        #expect(abs(Double(features.factors[feature]) - factor) <= 1e-6 * factor)
        // What the mean of the map becomes: the code of 0.
        let code =
          (mean - Double(features.centers[feature])) * Double(features.factors[feature])
          + Double(features.terms[feature])
        #expect(abs(code) < 1e-3)
      }
    }
    #expect(found.count == 3 * 4 + 2 * 3)
  }

  /// Few places, any kernels and any threads find the same sums.
  @Test(arguments: maps.indices) func sumsDoNotDependOnThePlan(map index: Int) throws {
    let planned = try PlannedModel(Self.network)
    let expected = try Self.moments(
      ModelRun(planned.file(PlanTests.roomiest)), Self.maps[index], kernels: supportedKernels[0],
      threadCount: 1)
    for variant in PlanTests.variants.prefix(3) {
      let run = try ModelRun(planned.file(variant))
      for (number, kernels) in supportedKernels.enumerated() {
        let found = try Self.moments(run, Self.maps[index], kernels: kernels, threadCount: 1 + number % 3)
        #expect(found == expected, "set \(kernels.index), \(variant.testDescription)")
      }
    }
  }
}

extension Runtime {
  /// The features of each pixel, by hand.
  fileprivate func pixelFeatures(_ norm: WindowAffine) -> [[Int64]] {
    let features = features(norm)
    let level = features.windows.level
    let hidden: UnsafeMutablePointer<Int8> = buffer(norm.hiddenBuffer)
    let weights = model.int16s(norm.features!)
    let (count, radius) = (features.layout.count, features.windows.kernelSize / 2)
    return (0..<level.height * level.width).map { pixel in
      var sums = [Int64](repeating: 0, count: count)
      var tap = 0
      for y in pixel / level.width - radius...pixel / level.width + radius {
        for x in pixel % level.width - radius...pixel % level.width + radius {
          if y >= 0, y < level.height, x >= 0, x < level.width {
            let row = hidden + (1 + Int(level.innerNumbers[y * level.width + x])) * (count / 2)
            for feature in 0..<count {
              let code = Int8(bitPattern: UInt8(bitPattern: row[feature % (count / 2)]) ^ kernels.codeFlip)
              sums[feature] += (Int64(code) + 128) * Int64(weights[tap * count + feature])
            }
          }
          tap += 1
        }
      }
      return sums
    }
  }
}
