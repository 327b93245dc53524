import Testing

@testable import SpadeImage

/// Drawings in which one class's colour goes over into another's across much of the picture, past those of others.
@Suite struct GradientTests {
  /// Sky, clouds, mountain, hill, grass, trees, bush of the landscape model.
  private let palette = Palette(
    [0x8FC7F0, 0xF2F4F7, 0x7D7F8C, 0x6FA35A, 0x8CC63F, 0x1F6B2D, 0x4A8F2F].enumerated().map {
      Palette.Entry(id: UInt16($0), color: Color(packed: $1))
    })
  private let side = 512

  /// - Parameter color: Of a pixel, three levels.
  private func drawing(_ color: (_ x: Int, _ y: Int) -> SIMD3<Double>) throws -> SnappedDrawing {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(side * side * 4)
    for y in 0..<side {
      for x in 0..<side {
        let levels = color(x, y).rounded(.toNearestOrEven)
        bytes += [UInt8(levels.x), UInt8(levels.y), UInt8(levels.z), 255]
      }
    }
    let drawing = try Drawing(width: side, height: side, bytes: bytes)
    return SnappedDrawing(drawing, palette: palette, unknownId: 255)
  }

  private func levels(_ id: Int) -> SIMD3<Double> {
    let color = palette.entries[id].color
    return SIMD3(Double(color.red), Double(color.green), Double(color.blue))
  }

  /// Of a gradient between two ids, so many pixels wide, in a direction: 0 downwards … 1 to the right.
  private func gradient(_ first: Int, _ last: Int, width: Double, direction: Double) throws -> SnappedDrawing
  {
    let length = (direction * direction + (1 - direction) * (1 - direction)).squareRoot()
    return try drawing { x, y in
      let way = (Double(y - side / 2) * (1 - direction) + Double(x - side / 2) * direction) / length
      let part = min(max(way / width + 0.5, 0), 1)
      return levels(first) + (levels(last) - levels(first)) * part
    }
  }

  /// All of it is of the two classes, half of each; where gradients were taken for what their colours are near, 5 to 57 % were not.
  @Test(
    arguments: [(0, 5), (4, 5), (0, 1), (0, 4)], [(80.0, 0.0), (160, 0.3), (240, 1), (450, 0)])
  func aGradientIsOfTheClassesOnItsSides(
    _ sides: (first: Int, last: Int), _ span: (width: Double, direction: Double)
  ) throws {
    let snapped = try gradient(sides.first, sides.last, width: span.width, direction: span.direction)
    #expect(snapped.isDrawing)
    let counts = [sides.first, sides.last].map { id in
      Double(snapped.ids.values.count { Int($0) == id }) / Double(side * side)
    }
    #expect(counts[0] + counts[1] > 0.995 && abs(counts[0] - 0.5) < 0.01, "\(counts)")
    #expect(snapped.undrawnIds.reduce(0) { $0 + $1.count } < side * side / 200)
    // Bush lies between grass and trees.
    #expect((sides == (4, 5)) == snapped.blendedIds.contains(6), "\(snapped.blendedIds)")
  }

  /// A disc and a post of clouds before a gradient from grass to trees: it goes on behind them. Where pixels had to see both sides, 7 to 24 % were
  /// of other classes.
  @Test(arguments: [0.0, 0.3, 1]) func aGradientGoesOnBehindWhatCutsIt(direction: Double) throws {
    func isCut(_ x: Int, _ y: Int) -> Bool {
      (x - 180) * (x - 180) + (y - 250) * (y - 250) < 6400 || (x >= 300 && x < 340 && y >= 100)
    }
    let length = (direction * direction + (1 - direction) * (1 - direction)).squareRoot()
    let snapped = try drawing { x, y in
      let way = (Double(y - side / 2) * (1 - direction) + Double(x - side / 2) * direction) / length
      return isCut(x, y) ? levels(1) : levels(4) + (levels(5) - levels(4)) * min(max(way / 400 + 0.5, 0), 1)
    }
    let ids = snapped.ids.values
    #expect(ids.indices.allSatisfy { !isCut($0 % side, $0 / side) || ids[$0] == 1 })
    let others = ids.count { ![1, 4, 5].contains($0) }
    #expect(others < side * side / 500, "\(others)")
  }

  /// Dabs of an airbrush, of trees on grass: they had rims of hill and bush, 6 % of the pixels.
  @Test func aDabHasNoRimOfAnotherClass() throws {
    let dabs = [(x: 150.0, y: 170.0, radius: 110.0), (x: 370, y: 330, radius: 70)]
    let snapped = try drawing { x, y in
      var cover = 0.0
      for dab in dabs {
        let distance = ((Double(x) - dab.x) * (Double(x) - dab.x) + (Double(y) - dab.y) * (Double(y) - dab.y))
          .squareRoot()
        let part = max(1 - distance / dab.radius, 0)
        cover = max(cover, part * part * (3 - 2 * part))
      }
      return levels(4) + (levels(5) - levels(4)) * cover
    }
    let others = snapped.ids.values.count { ![4, 5].contains($0) }
    #expect(others < side * side / 500, "\(others)")
    // Half of the way from the middle to the rim of each.
    let half = snapped.ids.values.count { $0 == 5 }
    #expect(abs(Double(half) - .pi * (55 * 55 + 35 * 35)) < 500, "\(half)")
  }

  @Test func whatIsDrawnBetweenTwoOthersStays() throws {
    for height in [4, 10, 40, 100] {
      // Grass, hill, bush, trees, of a colour each.
      let order = [4, 3, 6, 5]
      let snapped = try drawing { _, y in levels(order[y / height % 4]) }
      #expect(snapped.blendCount == 0 && snapped.undrawnIds.isEmpty)
      #expect(snapped.ids.values.enumerated().allSatisfy { Int($1) == order[$0 / side / height % 4] })
    }
  }

  /// Grass, bush and trees: the bush with grain of four levels, of six, and with soft edges of 60 pixels.
  @Test func anAreaBetweenTwoOthersStaysThoughItHasGrainOrSoftEdges() throws {
    var state: UInt64 = 7
    func noise(_ most: Int) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int(state >> 33) % (2 * most + 1) - most)
    }
    let order = [4, 6, 5]
    func third(_ y: Int) -> Int { y < 150 ? 0 : y < 350 ? 1 : 2 }
    for most in [4, 6] {
      let snapped = try drawing { _, y in
        third(y) == 1 ? levels(6) + SIMD3(noise(most), noise(most), noise(most)) : levels(order[third(y)])
      }
      let wrong = snapped.ids.values.enumerated().count { Int($1) != order[third($0 / side)] }
      #expect(wrong < side * side / 1000, "\(wrong)")
    }
    let soft = try drawing { _, y in
      let bush = min(max(Double(y - 120) / 60, 0), 1)
      let trees = min(max(Double(y - 320) / 60, 0), 1)
      return levels(4) + (levels(6) - levels(4)) * bush + (levels(5) - levels(6)) * trees
    }
    let wrong = soft.ids.values.enumerated().count { Int($1) != order[third($0 / side)] }
    #expect(wrong <= 4 * side, "\(wrong)")
  }

  /// A blot on grass whose middle is nearly a bush's colour: there is no other side, so a bush it is, that nobody drew exactly.
  @Test func classesThatNobodyDrewExactlyAreCounted() throws {
    let snapped = try drawing { x, y in
      let distance = Double((x - 256) * (x - 256) + (y - 256) * (y - 256)).squareRoot()
      return levels(4) + (levels(6) + SIMD3(2, 2, 0) - levels(4)) * max(1 - distance / 150, 0)
    }
    let bush = snapped.undrawnIds.first { $0.id == 6 }
    #expect(
      bush?.count == snapped.ids.values.count { $0 == 6 } && !snapped.undrawnIds.contains { $0.id == 4 })
  }
}
