import SpadeModel
import Testing

@testable import SpadeQuantize

/// Windows, workspaces and live ranges of `HandNetwork` by hand.
@Suite struct PlannerTests {
  private let network = HandNetwork.network()
  private var planner: Planner { Planner(network: network) }

  private func options(
    firstBandedBlock: Int = 3, windows: [Double] = [1, 1], taps: Int = 0, tiles: Int = 0
  ) -> PlanOptions {
    let schedule = ScheduleOptions(
      firstBandedBlock: firstBandedBlock, bandRowCount: 2, chunkPixelCount: 16,
      makesWholeTiles: firstBandedBlock < 3 && tiles > 0)
    return PlanOptions(
      schedule: schedule,
      windows: HandNetwork.windows(network, share: windows), tapRowCapacity: taps,
      tileCounts: network.stages.mapValues {
        firstBandedBlock == 3 || schedule.isBanded($0) ? tiles : 0
      })
  }

  private func life(_ plan: Plan, _ contents: PlannedBuffer.Contents) -> ClosedRange<Int>? {
    plan.buffers.first { $0.contents == contents }?.life
  }

  /// ```
  /// step 0 first   1 … 3 windows, hidden, affine of a   4 norm_a   5 conv_a
  ///      6 … 8, 10 … 12, 14 … 16, 18 … 20 the same of b, two rows each     9, 13, 17, 21 norm_b
  ///      22 conv_b   23 … 26 relu   27 picture
  /// ```
  @Test func buffersLiveFromFirstToLastUse() {
    let plan = planner.plan(options())
    #expect(plan.steps.count == 28)
    let tensors = plan.tensors.map { plan.buffers[$0].life }
    #expect(tensors == [0...5, 4...5, 5...22, 9...22, 22...26, 23...27])
    let a = StoredNorm.Index(0)
    let b = StoredNorm.Index(1)
    #expect(life(plan, .windows(Level.Index(0))) == 1...4)
    #expect(life(plan, .hidden(a)) == 2...3)
    #expect(life(plan, .affine(a)) == 3...4)
    #expect(life(plan, .windows(Level.Index(1))) == 6...21)
    #expect(life(plan, .hidden(b)) == 7...20)
    #expect(life(plan, .affine(b)) == 8...21)
    #expect(life(plan, .symbols) == 0...27)
    #expect(life(plan, .state) == 0...27)
  }

  @Test func buffersHoldTheRowsThatAreKept() {
    let plan = planner.plan(options())
    // 16 or 64 pixels of 16 channels: wide values have two bytes, codes one and one more pixel; all rounded up to 64.
    #expect(plan.tensors.map { plan.buffers[$0].byteCount } == [512, 320, 512, 1088, 2048, 1088])
    #expect(plan.buffers.allSatisfy { $0.offset % 64 == 0 && $0.offset + $0.byteCount <= plan.byteCount })
  }

  /// What is wanted, but never less than the rows of a request can have; at two rows of eight pixels that is 16 outer windows,
  /// and with a row above and below 32 inner ones.
  @Test func windowsHoldARequestAtLeast() {
    let roomy = planner.plan(options(windows: [1.5, 1.5]))
    #expect(roomy.levels.map(\.outerCapacity) == [16, 64])
    #expect(roomy.levels.map(\.innerCapacity) == [16, 45])
    let tight = planner.plan(options(windows: [0, 0]))
    #expect(tight.levels.map(\.outerCapacity) == [16, 16])
    #expect(tight.levels.map(\.innerCapacity) == [16, 32])
  }

  @Test func tapTablesHaveTheirRows() {
    #expect(planner.plan(options(taps: 62)).tapRowCapacity == 62)
  }

  /// conv_a has one tile and conv_b four, in rounds of three.
  @Test func wholeTensorsHaveWorkspacesOfTheirOwn() throws {
    let plan = planner.plan(options(tiles: 3))
    #expect(plan.usesWinograd)
    let workspaces = plan.workspaces.indices.filter { plan.workspaces[$0] != nil }
    #expect(workspaces == [5, 22])
    let buffers = try workspaces.map { plan.buffers[try #require(plan.workspaces[$0])] }
    #expect(buffers.map(\.life) == [5...5, 22...22])
    let byteCounts = [1, 3].map { ModelFormat.winogradByteCount(tileCount: $0, depth: 16) }
    #expect(buffers.map(\.byteCount) == byteCounts.map { ModelFormat.padded($0, to: 64) })
  }

  @Test func bandsShareOneWorkspace() throws {
    let plan = planner.plan(options(firstBandedBlock: 1, tiles: 8))
    let workspaces = plan.workspaces.compactMap(\.self)
    #expect(workspaces.count == 2 && Set(workspaces).count == 1)
  }

  /// A norm that is kept keeps its level's windows, but not its hidden activations; the other norm's live as before.
  @Test func keptNormsLiveThroughTheFrame() {
    var options = options()
    options.keptNorms = [StoredNorm.Index(1)]
    let plan = planner.plan(options)
    let (a, b) = (StoredNorm.Index(0), StoredNorm.Index(1))
    #expect(life(plan, .windows(Level.Index(1))) == 0...27 && life(plan, .affine(b)) == 0...27)
    #expect(life(plan, .hidden(b)) == 7...20)
    #expect(life(plan, .windows(Level.Index(0))) == 1...4 && life(plan, .affine(a)) == 3...4)
  }

  @Test func directProductsHaveNoWorkspace() {
    #expect(!planner.plan(options()).usesWinograd)
  }
}
