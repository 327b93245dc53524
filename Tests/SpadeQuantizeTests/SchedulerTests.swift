import Testing

@testable import SpadeQuantize

/// The rows of `HandNetwork`, pulled by hand.
@Suite struct SchedulerTests {
  /// A step as text: `conv_a 0..<4`, or for a SPADE layer `windows`, `hidden`, `affine` before the stage's name.
  private func text(_ step: ScheduledStep, _ network: QuantizedNetwork) -> String {
    let name = network.stages[step.stage].name
    let rows = "\(step.rows.lowerBound)..<\(step.rows.upperBound)"
    return switch step.action {
    case .windows(let level): "windows of level \(level.position) \(rows)"
    case .hidden(let norm): "hidden \(network.norms[norm].name) \(rows)"
    case .affine(let norm): "affine \(network.norms[norm].name) \(rows)"
    case .statistics(let norm): "statistics \(network.norms[norm].name) \(rows)"
    case .styleBias(let table): "style bias of table \(table.position)"
    case .stage: "\(name) \(rows)"
    }
  }

  private func spade(_ name: String, _ level: Int, _ rows: String) -> [String] {
    [
      "windows of level \(level) \(rows)", "hidden \(name) \(rows)", "affine \(name) \(rows)",
      "\(name) \(rows)",
    ]
  }

  private func options(
    firstBandedBlock: Int, bandRowCount: Int = 2, chunkPixelCount: Int = 1024, makesWholeTiles: Bool = false
  ) -> ScheduleOptions {
    ScheduleOptions(
      firstBandedBlock: firstBandedBlock, bandRowCount: bandRowCount, chunkPixelCount: chunkPixelCount,
      makesWholeTiles: makesWholeTiles)
  }

  @Test func withoutBandsEachStageMakesAllItsRows() {
    let network = HandNetwork.network()
    let schedule = Scheduler.schedule(network, options(firstBandedBlock: 3))
    var expected = ["first 0..<4"] + spade("norm_a", 0, "0..<4")
    expected += ["conv_a 0..<4"] + spade("norm_b", 1, "0..<8")
    expected += ["conv_b 0..<8", "relu 0..<8", "picture 0..<8"]
    #expect(schedule.steps.map { text($0, network) } == expected)
    #expect(Array(schedule.rowCapacity) == [4, 4, 4, 8, 8, 8])
    #expect(Array(schedule.requestedRows) == [4, 8])
  }

  /// 16 pixels are all of the first block and two rows of the second.
  @Test func modulationsRunInChunks() {
    let network = HandNetwork.network()
    let schedule = Scheduler.schedule(network, options(firstBandedBlock: 3, chunkPixelCount: 16))
    let twoRows = ["0..<2", "2..<4", "4..<6", "6..<8"]
    var expected = ["first 0..<4"] + spade("norm_a", 0, "0..<4") + ["conv_a 0..<4"]
    for rows in twoRows { expected += spade("norm_b", 1, rows) }
    expected += ["conv_b 0..<8"] + twoRows.map { "relu \($0)" } + ["picture 0..<8"]
    #expect(schedule.steps.map { text($0, network) } == expected)
    #expect(Array(schedule.rowCapacity) == [4, 4, 4, 8, 8, 8])
    #expect(Array(schedule.requestedRows) == [4, 2])
  }

  /// The second block and the picture in bands of two rows. A band of the picture reads one row more on each side, so
  /// the first pulls three rows, later ones two new rows and the last only one.
  @Test func bandsMakeTheRowsThatArePulled() {
    let network = HandNetwork.network()
    let schedule = Scheduler.schedule(network, options(firstBandedBlock: 1))
    var expected = ["first 0..<4"] + spade("norm_a", 0, "0..<4") + ["conv_a 0..<4"]
    expected += spade("norm_b", 1, "0..<4") + ["conv_b 0..<3", "relu 0..<3", "picture 0..<2"]
    expected += spade("norm_b", 1, "4..<6") + ["conv_b 3..<5", "relu 3..<5", "picture 2..<4"]
    expected += spade("norm_b", 1, "6..<8") + ["conv_b 5..<7", "relu 5..<7", "picture 4..<6"]
    expected += ["conv_b 7..<8", "relu 7..<8", "picture 6..<8"]
    #expect(schedule.steps.map { text($0, network) } == expected)
    // conv_b reads rows 2 … 5 when 6 are made, and the picture 1 … 4 when 5 are.
    #expect(Array(schedule.rowCapacity) == [4, 4, 4, 4, 3, 4])
    #expect(Array(schedule.requestedRows) == [4, 4])
  }

  /// Features get their statistics once, before their norm's first rows, however few these are.
  @Test func statisticsComeFirst() {
    var network = HandNetwork.network()
    for index in network.norms.indices {
      guard var windows = network.norms[index].windows else { continue }
      windows.features = WeightPlace(blockCount: 0)
      network.norms[index].source = .windows(windows)
    }
    let schedule = Scheduler.schedule(network, options(firstBandedBlock: 1))
    var expected = ["first 0..<4", "statistics norm_a 0..<4"] + spade("norm_a", 0, "0..<4")
    expected += ["conv_a 0..<4", "statistics norm_b 0..<8"] + spade("norm_b", 1, "0..<4")
    #expect(schedule.steps.map { text($0, network) }.prefix(expected.count) == expected[...])
    #expect(schedule.steps.count { if case .statistics = $0.action { true } else { false } } == 2)
    #expect(Array(schedule.requestedRows) == [4, 4])
  }

  /// Convolutions in bands make four rows at a time, and so need more rows of their input.
  @Test func bandsMakeWholeTiles() {
    let network = HandNetwork.network()
    let schedule = Scheduler.schedule(network, options(firstBandedBlock: 1, makesWholeTiles: true))
    var expected = ["first 0..<4"] + spade("norm_a", 0, "0..<4") + ["conv_a 0..<4"]
    expected += spade("norm_b", 1, "0..<5") + ["conv_b 0..<4", "relu 0..<3", "picture 0..<2"]
    expected += spade("norm_b", 1, "5..<8") + ["conv_b 4..<8", "relu 3..<5", "picture 2..<4"]
    expected += ["relu 5..<7", "picture 4..<6", "relu 7..<8", "picture 6..<8"]
    #expect(schedule.steps.map { text($0, network) } == expected)
    #expect(Array(schedule.rowCapacity) == [4, 4, 4, 5, 5, 4])
    #expect(Array(schedule.requestedRows) == [4, 5])
  }

  /// A style becomes the whole first tensor in one product, though its readers ask for two rows.
  @Test func theStylesTensorIsMadeAtOnce() {
    let network = HandNetwork.network(readsStyle: true)
    let schedule = Scheduler.schedule(network, options(firstBandedBlock: 0, bandRowCount: 1))
    let first = schedule.steps.filter { network.stages[$0.stage].name == "first" }
    #expect(first.map(\.rows) == [0..<4])
    #expect(schedule.rowCapacity.first == 4)
  }
}
