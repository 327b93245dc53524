import Testing

@testable import SpadeRuntime

/// Tasks of a product hold every row of every panel once.
@Suite struct ProductTaskTests {
  @Test(arguments: [1, 32, 63, 64, 65, 128, 1000], [1, 3, 4, 5, 17]) func everyBlockOnce(
    rowCount: Int, panelCount: Int
  ) {
    for blockRowCount in [32, 60, 64] {
      let tasks = ProductTasks(rowCount: rowCount, panelCount: panelCount, blockRowCount: blockRowCount)
      var seen = [Int](repeating: 0, count: rowCount * panelCount)
      for task in 0..<tasks.count {
        let rows = tasks.rows(task)
        let panels = tasks.panels(task)
        #expect((1...blockRowCount).contains(rows.count) && (1...Scratch.panelCount).contains(panels.count))
        for panel in panels { for row in rows { seen[panel * rowCount + row] += 1 } }
      }
      #expect(seen.allSatisfy { $0 == 1 })
    }
  }

  /// Tasks that follow each other share their panels: 130 rows are three blocks.
  @Test func panelsChangeLast() {
    let tasks = ProductTasks(rowCount: 130, panelCount: 6, blockRowCount: 64)
    #expect((0..<tasks.count).map { tasks.panels($0) } == [0..<4, 0..<4, 0..<4, 4..<6, 4..<6, 4..<6])
    #expect(tasks.rows(2) == 128..<130 && tasks.rows(3) == 0..<64)
  }
}
