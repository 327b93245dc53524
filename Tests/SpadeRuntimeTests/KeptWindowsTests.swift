import SpadeInput
import SpadeModel
import SpadeTestSupport
import Testing

@testable import SpadeQuantize
@testable import SpadeRuntime

/// Frames of one map, one after the other: those that find windows, A and B again paint what lone frames paint.
@Suite struct KeptWindowsTests {
  private struct Result: Equatable {
    var checksum: UInt64
    var productCount: UInt64
  }

  private static func kept(_ variant: PlanTests.Variant) -> PlanTests.Variant {
    var variant = variant
    variant.keepsAffines = true
    return variant
  }

  /// Pictures and multiply-adds of frames that follow each other in one arena.
  private static func frames(
    _ run: ModelRun, _ inputs: [(map: LabelMap, style: [Float])], threadCount: Int = 2,
    between: (inout Runtime, Int) throws -> Void = { _, _ in }
  ) throws -> [Result] {
    let frames = try run.withRuntime(threadCount: threadCount) { runtime, picture in
      try inputs.indices.map { index in
        try between(&runtime, index)
        try runtime.begin(inputs[index].map, style: inputs[index].style, picture: picture)
        runtime.run()
        return Result(
          checksum: Checksum.of(UnsafeRawBufferPointer(picture)), productCount: runtime.productCount)
      }
    }
    #expect(frames.isIntact)
    return frames.result
  }

  /// Maps that come again at once, and after others.
  @Test(arguments: TinyNetwork.allCases) func pictureOfALoneFrame(_ network: TinyNetwork) throws {
    let planned = try PlannedModel(network)
    let maps = [network.maps(1, seed: 9)[0], network.noiseMap(), network.flatMap()]
    let inputs = [0, 0, 1, 1, 0, 2, 2, 2, 0].enumerated().map {
      (map: maps[$0.element], style: network.styleVector(seed: UInt64($0.offset)))
    }
    for variant in [PlanTests.roomiest] + PlanTests.variants {
      for variant in [variant, Self.kept(variant)] {
        let run = try ModelRun(planned.file(variant))
        let alone = try inputs.map { try run.frame($0.map, style: $0.style).checksum }
        let together = try Self.frames(run, inputs).map(\.checksum)
        #expect(together == alone, "\(variant.testDescription)")
      }
    }
  }

  /// A second frame of a map multiplies only where styles differ: the count without the products of A and B.
  @Test(arguments: [TinyNetwork.plain, .instanceEdges, .style, .wideKernel, .separable])
  func aSecondFrameIsLessWork(_ network: TinyNetwork) throws {
    let run = try ModelRun(PlannedModel(network).file(Self.kept(PlanTests.roomiest)))
    let map = network.maps(1, seed: 9)[0]
    let styles = [network.styleVector(seed: 1), network.styleVector(seed: 2)]
    var affineCount: UInt64 = 0
    _ = try run.withRuntime { runtime, picture in
      try runtime.begin(map, style: styles[0], picture: picture)
      affineCount = runtime.executeCountingAffines(run.model)
    }
    let frames = try Self.frames(run, styles.map { (map, $0) })
    #expect(affineCount > 0 && frames[1].productCount == frames[0].productCount - affineCount)
  }

  /// Where the style goes along with the labels A and B are another style's: every frame makes them, even in a plan that keeps them.
  @Test func aStyleBesideTheLabelsMakesAffinesAnew() throws {
    let network = TinyNetwork.noise
    let run = try ModelRun(PlannedModel(network).file(Self.kept(PlanTests.roomiest)))
    let map = network.maps(1, seed: 9)[0]
    let frames = try Self.frames(run, [1, 2, 1].map { (map, network.styleVector(seed: $0)) })
    #expect(frames[0] == frames[2] && frames[0].checksum != frames[1].checksum)
    // Shortcuts multiply as many pixels as differ, which may be others with another style.
    var affineCounts: [UInt64] = []
    _ = try run.withRuntime { runtime, picture in
      for seed in [1, 2] {
        try runtime.begin(map, style: network.styleVector(seed: UInt64(seed)), picture: picture)
        affineCounts.append(runtime.executeCountingAffines(run.model))
      }
    }
    #expect(affineCounts[0] > 0 && affineCounts[0] == affineCounts[1])
  }

  /// Nothing is found again in a plan that does not keep it, after another map, a photo, or when that is asked for.
  @Test func everythingIsMadeAnewWhereItHasTo() throws {
    let network = TinyNetwork.style
    let planned = try PlannedModel(network)
    let map = network.maps(1, seed: 9)[0]
    let other = LabelMap(
      width: map.width, height: map.height, ids: [map.ids[0] == 0 ? 1 : 0] + map.ids.dropFirst(),
      edges: map.edges
    )
    let style = network.styleVector(seed: 1)
    let file = planned.file(Self.kept(PlanTests.roomiest))
    func counts(
      _ file: [UInt8], _ maps: [LabelMap], _ between: (inout Runtime, Int) throws -> Void = { _, _ in }
    )
      throws -> [UInt64]
    {
      try Self.frames(ModelRun(file), maps.map { ($0, style) }, between: between).map(\.productCount)
    }
    let whole = try counts(file, [map])[0]
    #expect(try counts(planned.file(PlanTests.roomiest), [map, map]) == [whole, whole])
    let visited = try counts(file, [map, other, map])
    #expect(visited[0] == whole && visited[2] == whole)
    #expect(try counts(file, [map, map]) { runtime, _ in runtime.forgetMap() } == [whole, whole])
    #expect(try counts(file, [map, map])[1] < whole)
  }

  /// A photo is encoded where the frame was.
  @Test func aPhotoForgetsTheMap() throws {
    let run = try ModelRun(try TinyNetwork.style.file().bytes)
    let (map, style) = run.testCase
    let holdsFrame = try run.withRuntime { runtime, picture in
      try runtime.begin(map, style: style, picture: picture)
      let before = runtime.holdsFrame
      _ = try runtime.style(ofPhoto: testPhoto)
      return (before, runtime.holdsFrame)
    }.result
    #expect(holdsFrame.0 && !holdsFrame.1)
  }

  /// A frame may end early: what was made is found again, what was not is made.
  @Test(arguments: TinyNetwork.allCases) func aFrameThatWasNotFinished(_ network: TinyNetwork) throws {
    let map = network.maps(1, seed: 9)[0]
    let style = network.styleVector(seed: 1)
    let planned = try PlannedModel(network)
    for variant in [PlanTests.roomiest, PlanTests.variants[4]] {
      let run = try ModelRun(planned.file(Self.kept(variant)))
      let alone = try run.frame(map, style: style).checksum
      for stop in stride(from: 0, to: run.model.stepCount, by: max(1, run.model.stepCount / 40)) {
        let checksum = try run.withRuntime(threadCount: 2) { runtime, picture in
          try runtime.begin(map, style: style, picture: picture)
          for index in 0..<stop { runtime.execute(index) }
          try runtime.begin(map, style: style, picture: picture)
          runtime.run()
          return Checksum.of(UnsafeRawBufferPointer(picture))
        }.result
        #expect(checksum == alone, "\(variant.testDescription), stopped before step \(stop)")
      }
    }
  }
}

extension Runtime {
  /// Runs all steps of a frame.
  /// - Returns: The multiply-adds for A and B, statistics included.
  fileprivate mutating func executeCountingAffines(_ model: Model) -> UInt64 {
    var count: UInt64 = 0
    for index in 0..<model.stepCount {
      let before = productCount
      execute(index)
      switch model.step(StepIndex(index)).operation {
      case .affine, .statistics: count += productCount - before
      default: break
      }
    }
    return count
  }
}
