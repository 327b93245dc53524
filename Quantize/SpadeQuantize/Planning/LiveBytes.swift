/// The bytes that are live at the steps where they can be most: those at which a buffer begins.
struct LiveBytes {
  /// Ascending.
  private let steps: [Int]
  private(set) var byteCounts: [Int]

  /// - Parameter steps: In any order.
  init(at steps: [Int]) {
    self.steps = Set(steps).sorted()
    byteCounts = [Int](repeating: 0, count: self.steps.count)
  }

  var most: Int { byteCounts.max() ?? 0 }

  /// The places of the steps of a live range.
  func places(_ life: ClosedRange<Int>) -> Range<Int> {
    let first = steps.firstIndex { $0 >= life.lowerBound } ?? steps.count
    return first..<(steps[first...].firstIndex { $0 > life.upperBound } ?? steps.count)
  }

  mutating func add(_ byteCount: Int, _ places: Range<Int>) {
    for place in places { byteCounts[place] += byteCount }
  }
}
