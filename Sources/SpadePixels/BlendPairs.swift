/// The pairs of colours between which a drawing has blends, each with its votes: pixels that are known to lie between the two.
struct BlendPairs {
  /// Further ones are left out.
  private static let mostCount = 64
  /// The lower place in the upper bits.
  private var keys = SIMD64<Int32>(repeating: 0)
  private var votes = SIMD64<Int32>(repeating: 0)
  private(set) var count = 0

  /// The places of the colours, the lower one first.
  subscript(_ index: Int) -> (first: Int, last: Int, votes: Int) {
    (Int(keys[index] >> 16), Int(keys[index] & 0xFFFF), Int(votes[index]))
  }

  mutating func vote(for place: Int, _ other: Int) {
    let key = Int32(min(place, other)) << 16 | Int32(max(place, other))
    var index = 0
    while index < count, keys[index] != key { index += 1 }
    guard index < Self.mostCount else { return }
    if index == count {
      keys[index] = key
      count += 1
    }
    votes[index] += 1
  }
}
