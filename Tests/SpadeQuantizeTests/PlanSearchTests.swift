import SpadeCost
import SpadeInput
import Testing

@testable import SpadeQuantize

/// Plans by predicted time, for `HandNetwork` and a map of 8×8 pixels.
@Suite struct PlanSearchTests {
  private let network = HandNetwork.network()
  private let map = ProceduralMaps.maps(count: 1, labelCount: 3, width: 8, height: 8, hasEdges: false)[0]

  private func search(threadCount: Int = 1) -> PlanSearch {
    PlanSearch(network, scenes: network.scenes([map]), machine: .reference(threadCount: threadCount))
  }

  @Test func moreMemoryBuysTime() {
    let front = search().front()
    #expect(!front.isEmpty)
    for (smaller, larger) in zip(front, front.dropFirst()) {
      #expect(smaller.arenaByteCount < larger.arenaByteCount && smaller.seconds > larger.seconds)
    }
  }

  /// No plan fits in one byte, so the search gives the smallest.
  @Test func theSearchStaysInTheBudget() {
    let search = search()
    let least = search.best(byteCount: 1).arenaByteCount
    #expect(search.best(byteCount: least).arenaByteCount == least)
    for point in search.front() {
      let best = search.best(byteCount: point.arenaByteCount)
      #expect(best.arenaByteCount <= point.arenaByteCount && best.arenaByteCount >= least)
    }
  }

  @Test func theKneeIsTheSmallestWithinATenth() throws {
    let choice = search().choose(.knee)
    let fastest = try #require(choice.front.last)
    #expect(choice.chosen.seconds <= 1.1 * fastest.seconds)
    for point in choice.front where point.arenaByteCount < choice.chosen.arenaByteCount {
      #expect(point.seconds > 1.1 * fastest.seconds)
    }
  }

  @Test func aPlanIsTheSameEveryTime() {
    let first = search(threadCount: 2).front().map(\.arenaByteCount)
    let second = search(threadCount: 2).front().map(\.arenaByteCount)
    #expect(first == second)
  }
}
