import SpadeInput

/// How many distinct windows any rows of a label map have at one resolution: k×k windows of symbols, and k×k windows of
/// those.
struct WindowCounts {
  let width: Int
  let height: Int
  let radius: Int
  /// `[start][end]` of rows `start ..< end`.
  private let inner: [UInt32]
  private let outer: [UInt32]

  /// - Parameter map: At network resolution, read at the top-left pixel of each of the level's cells.
  init(_ map: LabelMap, _ level: Level, kernelSize: Int) {
    width = level.width
    height = level.height
    radius = kernelSize / 2
    var plane = [Int32](repeating: 0, count: width * height)
    for y in 0..<height {
      for x in 0..<width {
        let at = (y << level.shift) * map.width + x << level.shift
        plane[y * width + x] = Int32(map.ids[at]) * 2 + (map.edges.map { $0[at] == 0 ? 0 : 1 } ?? 0)
      }
    }
    let innerPlane = Self.number(plane, width: width, height: height, radius: radius)
    let outerPlane = Self.number(innerPlane, width: width, height: height, radius: radius)
    inner = Self.count(innerPlane, width: width, height: height)
    outer = Self.count(outerPlane, width: width, height: height)
  }

  func inner(_ rows: Range<Int>) -> Int { Int(inner[rows.lowerBound * (height + 1) + rows.upperBound]) }
  func outer(_ rows: Range<Int>) -> Int { Int(outer[rows.lowerBound * (height + 1) + rows.upperBound]) }

  var innerTotal: Int { inner(0..<height) }
  var outerTotal: Int { outer(0..<height) }

  /// Numbers the windows by a 64-bit hash: a collision would only make a count one too small.
  private static func number(_ plane: [Int32], width: Int, height: Int, radius: Int) -> [Int32] {
    var numbers = plane
    var known: [UInt64: Int32] = [:]
    plane.withUnsafeBufferPointer { plane in
      for y in 0..<height {
        for x in 0..<width {
          var hash: UInt64 = 0
          for row in (y - radius)...(y + radius) {
            for column in (x - radius)...(x + radius) {
              let isInside = row >= 0 && row < height && column >= 0 && column < width
              let symbol = isInside ? plane[row &* width &+ column] : -1
              hash = (hash ^ UInt64(truncatingIfNeeded: symbol)) &* 0x9E37_79B9_7F4A_7C15
              hash ^= hash &>> 31
            }
          }
          let next = Int32(truncatingIfNeeded: known.count)
          let number = known[hash] ?? next
          if number == next { known[hash] = next }
          numbers[y &* width &+ x] = number
        }
      }
    }
    return numbers
  }

  /// A number in a row is new to rows from `start` on where it was last met before `start`.
  private static func count(_ numbers: [Int32], width: Int, height: Int) -> [UInt32] {
    let stride = height + 1
    var counts = [UInt32](repeating: 0, count: stride * stride)
    var lastRows = [Int](repeating: -1, count: Int(numbers.max() ?? 0) + 1)
    for y in 0..<height {
      var newFrom = [UInt32](repeating: 0, count: y + 1)
      for x in 0..<width {
        let number = Int(numbers[y * width + x])
        guard lastRows[number] < y else { continue }
        newFrom[lastRows[number] + 1] += 1
        lastRows[number] = y
      }
      var new: UInt32 = 0
      for start in 0...y {
        new += newFrom[start]
        counts[start * stride + y + 1] = counts[start * stride + y] + new
      }
    }
    return counts
  }
}

/// How many windows of a level fit.
struct WindowCapacity: Hashable, Sendable {
  var inner: Int
  var outer: Int
}

/// Windows as the executor numbers them: from a row on, as far as the places reach.
struct NumberedWindows: Equatable {
  var rows: Range<Int>
  var inner: Int
  var outer: Int

  init(_ counts: WindowCounts, from start: Int, capacity: WindowCapacity) {
    let radius = counts.radius
    let first = max(start - radius, 0)
    func inner(to end: Int) -> Int { counts.inner(first..<min(end + radius, counts.height)) }
    // `end` rows fit and `limit` do not.
    var end = start
    var limit = counts.height + 1
    while end + 1 < limit {
      let middle = (end + limit) / 2
      if counts.outer(start..<middle) <= capacity.outer, inner(to: middle) <= capacity.inner {
        end = middle
      } else {
        limit = middle
      }
    }
    rows = start..<end
    outer = counts.outer(rows)
    // The inner windows of the row that stopped the numbering are known where they fit.
    let next = inner(to: min(end + 1, counts.height))
    self.inner = next <= capacity.inner ? next : inner(to: end)
  }
}
