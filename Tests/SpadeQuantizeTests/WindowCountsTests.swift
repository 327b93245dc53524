import SpadeInput
import Testing

@testable import SpadeQuantize

/// Windows of parts of maps, against sets of arrays.
@Suite struct WindowCountsTests {
  private static let width = 7
  private static let height = 9

  /// Few symbols, so that windows repeat.
  private static func map(_ kind: String) -> LabelMap {
    var random = SplitMix64(seed: 5)
    let ids = (0..<width * height).map { pixel -> UInt16 in
      switch kind {
      case "noise": UInt16.random(in: 0..<2, using: &random)
      case "stripes": UInt16(pixel / width / 3)
      default: 1
      }
    }
    return LabelMap(width: width, height: height, ids: ids, edges: nil)
  }

  private func windows(_ plane: [[Int]], _ radius: Int, rows: Range<Int>) -> Set<[Int]> {
    var windows: Set<[Int]> = []
    for y in rows {
      for x in 0..<Self.width {
        var window: [Int] = []
        for row in (y - radius)...(y + radius) {
          for column in (x - radius)...(x + radius) {
            let isInside = (0..<Self.height).contains(row) && (0..<Self.width).contains(column)
            window.append(isInside ? plane[row][column] : -1)
          }
        }
        windows.insert(window)
      }
    }
    return windows
  }

  @Test(arguments: ["noise", "stripes", "flat"], [1, 3, 5]) func countsAreThoseOfSets(
    kind: String, kernelSize: Int
  ) {
    let map = Self.map(kind)
    let level = Level(width: Self.width, height: Self.height, shift: 0)
    let counts = WindowCounts(map, level, kernelSize: kernelSize)
    let plane = (0..<Self.height).map { y in (0..<Self.width).map { Int(map.ids[y * Self.width + $0]) } }
    let radius = kernelSize / 2
    for start in 0..<Self.height {
      for end in start..<Self.height {
        let rows = start..<end + 1
        #expect(counts.inner(rows) == windows(plane, radius, rows: rows).count)
        // A window of windows is a window of twice the radius.
        #expect(counts.outer(rows) == windows(plane, 2 * radius, rows: rows).count)
      }
    }
  }
}
