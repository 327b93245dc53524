import SpadeInput

/// What tells a folder of instance maps from one of label maps where there is nothing to compare them with: objects are numbered from 0 or 1
/// on in every map, and an object is one area, or a few where something stands before it, while a class has areas all over a map and classes of a
/// map are seldom neighbours in the list.
struct NumberedObjects {
  private let labelCount: Int
  private var mapCount = 0
  /// Maps with at least `leastRun` numbered ids.
  private var numberedCount = 0
  private var longestRun = 0
  /// Numbered ids of all maps, and their areas.
  private var idCount = 0
  private var areaCount = 0

  private static let leastRun = 3
  /// Areas are counted from this many pixels on: smaller ones are left of borders.
  private static let leastAreaSize = 16

  init(labelCount: Int) { self.labelCount = labelCount }

  /// - Parameter map: As read, without relabelling.
  mutating func add(_ map: LabelMap) {
    mapCount += 1
    var isThere = [Bool](repeating: false, count: labelCount + 1)
    for id in map.ids where Int(id) < labelCount { isThere[Int(id)] = true }
    let first = isThere[0] ? 0 : 1
    var end = first
    while isThere[end] { end += 1 }
    guard end - first >= Self.leastRun else { return }
    numberedCount += 1
    longestRun = max(longestRun, end - first)
    idCount += end - first
    areaCount += Self.areas(of: map, in: first..<end)
  }

  /// Whether it is so in half of several maps at least, an id has less than one and a half areas in the mean, and most of the network's
  /// classes are never numbered: a network of few classes shows all of them at once.
  var lookLikeInstances: Bool {
    mapCount > 1 && 2 * numberedCount >= mapCount && 4 * longestRun <= labelCount
      && 2 * areaCount < 3 * idCount
  }

  /// Connected areas of a map that have one of these ids.
  private static func areas(of map: LabelMap, in range: Range<Int>) -> Int {
    var isSeen = [Bool](repeating: false, count: map.ids.count)
    var stack: [Int] = []
    var count = 0
    for start in map.ids.indices where !isSeen[start] && range.contains(Int(map.ids[start])) {
      var size = 0
      isSeen[start] = true
      stack.append(start)
      while let pixel = stack.popLast() {
        size += 1
        func visit(_ next: Int, isInside: Bool) {
          guard isInside, !isSeen[next], map.ids[next] == map.ids[start] else { return }
          isSeen[next] = true
          stack.append(next)
        }
        let x = pixel % map.width
        visit(pixel - 1, isInside: x > 0)
        visit(pixel + 1, isInside: x + 1 < map.width)
        visit(pixel - map.width, isInside: pixel >= map.width)
        visit(pixel + map.width, isInside: pixel + map.width < map.ids.count)
      }
      if size >= leastAreaSize { count += 1 }
    }
    return count
  }
}
