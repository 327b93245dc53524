import SpadeInput
import Testing

@testable import SpadeQuantize

@Suite struct ProceduralMapsTests {
  @Test("Maps are the same every time and hold only valid ids", arguments: [1, 2, 36, 184])
  func deterministicAndValid(labelCount: Int) {
    for (width, height) in [(64, 64), (48, 24), (1, 1), (3, 2)] {
      let maps = ProceduralMaps.maps(
        count: 6, labelCount: labelCount, width: width, height: height, hasEdges: true)
      #expect(maps.count == 6)
      #expect(
        maps
          == ProceduralMaps.maps(
            count: 6, labelCount: labelCount, width: width, height: height, hasEdges: true))
      for map in maps {
        #expect(map.width == width && map.height == height)
        #expect(map.ids.allSatisfy { Int($0) < labelCount })
      }
    }
  }

  /// The sums are this implementation's own: they tell a change, on any machine, not a right answer.
  @Test("The first maps of a seed are fixed")
  func fixed() {
    let maps = ProceduralMaps.maps(count: 5, labelCount: 20, width: 32, height: 32, hasEdges: true)
    let sums = maps.map { map in
      zip(map.ids, map.edges ?? []).reduce(into: UInt64(0)) { sum, pixel in
        sum = SplitMix64.mix(sum ^ UInt64(pixel.0) << 1 ^ UInt64(pixel.1))
      }
    }
    #expect(
      sums == [
        271_403_755_158_195_424, 628_548_347_434_133_370, 8_328_084_665_604_566_939,
        1_987_341_069_818_728_484, 16_172_844_066_867_703_298,
      ])
  }

  @Test("Another seed gives other maps; edges do not change the ids")
  func seeds() {
    let maps = ProceduralMaps.maps(count: 5, labelCount: 30, width: 32, height: 32, hasEdges: false)
    let other = ProceduralMaps.maps(count: 5, labelCount: 30, width: 32, height: 32, hasEdges: false, seed: 1)
    let edged = ProceduralMaps.maps(count: 5, labelCount: 30, width: 32, height: 32, hasEdges: true)
    for index in maps.indices {
      #expect(maps[index] != other[index])
      #expect(maps[index].ids == edged[index].ids)
      #expect(maps[index].edges == nil)
    }
  }

  @Test(
    "Every class appears when there are maps enough", arguments: [(4, 36), (8, 151), (8, 184), (20, 184)])
  func coverage(count: Int, labelCount: Int) {
    let maps = ProceduralMaps.maps(
      count: count, labelCount: labelCount, width: 128, height: 128, hasEdges: false)
    #expect(Set(maps.flatMap(\.ids)).count == labelCount)
  }

  @Test("An edge runs on both sides of every border between instances")
  func edgeRule() throws {
    let instances = [
      1, 1, 1, 2,
      1, 1, 1, 2,
      1, 1, 3, 3,
    ]
    #expect(
      ProceduralMaps.edges(of: instances, width: 4, height: 3) == [
        0, 0, 1, 1,
        0, 0, 1, 1,
        0, 1, 1, 1,
      ])
    for map in ProceduralMaps.maps(count: 5, labelCount: 20, width: 64, height: 64, hasEdges: true) {
      let edges = try #require(map.edges)
      let classBorders = ProceduralMaps.edges(of: map.ids.map { Int($0) }, width: 64, height: 64)
      #expect(zip(edges, classBorders).allSatisfy { $0 >= $1 })
      #expect(edges.allSatisfy { $0 <= 1 })
    }
  }

  @Test("Windows of 5×5 ids repeat about as often as in photographs' maps")
  func windowStatistics() {
    let size = 256
    let maps = ProceduralMaps.maps(count: 5, labelCount: 36, width: size, height: size, hasEdges: false)
    var shares: [Double] = []
    for map in maps {
      var windows: Set<UInt64> = []
      for y in 2..<size - 2 {
        for x in 2..<size - 2 {
          var hash: UInt64 = 0
          for row in y - 2...y + 2 {
            for column in x - 2...x + 2 {
              hash = hash &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(map.ids[row * size + column])
            }
          }
          windows.insert(hash)
        }
      }
      shares.append(Double(windows.count) / Double((size - 4) * (size - 4)))
    }
    #expect(shares.allSatisfy { 0.005..<0.2 ~= $0 })
    #expect(0.02..<0.12 ~= shares.reduce(0, +) / Double(shares.count))
  }
}
