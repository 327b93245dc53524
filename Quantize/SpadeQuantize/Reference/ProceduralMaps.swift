import SpadeInput

/// Label maps to calibrate with when there are no real ones: the same on every machine.
///
/// Scenes of five kinds take turns: landscapes, streets, cells, rooms and crowds. A scene is painted as regions; each
/// region that is still visible then gets a class, new classes dealt from a shuffled deck. Regions are the instances.
public enum ProceduralMaps {
  /// - Parameters:
  ///   - count: At least 1.
  ///   - labelCount: In `1...65536`. With enough maps (about `labelCount / 30` at 256×256) every id appears.
  ///   - width: In pixels, at least 1.
  ///   - height: In pixels, at least 1.
  ///   - seed: Other seeds give other scenes.
  public static func maps(
    count: Int, labelCount: Int, width: Int, height: Int, hasEdges: Bool, seed: UInt64 = 0
  ) -> [LabelMap] {
    var random = SplitMix64(seed: seed)
    var deck = Deck(labelCount: labelCount, seed: random.next())
    return (0..<count).map { index in
      // A new class for each of this many regions lets the rest of the deck reach the remaining maps.
      let newCount = (deck.unseenCount + count - index - 1) / (count - index)
      let scene = scene(
        kind: index, regionCount: min(max(10, newCount + newCount / 3), 48), width: width, height: height,
        seed: random.next())
      let ids = classes(of: scene, newCount: newCount, deck: &deck, random: &random)
      return LabelMap(
        width: width, height: height, ids: ids,
        edges: hasEdges ? edges(of: scene.regions, width: width, height: height) : nil)
    }
  }

  /// Maps of so many areas each, bands and cells in turn, every area of another class as far as there are enough. Unlike the scenes they
  /// have no specks, lines or panes.
  /// - Parameter areaCounts: At least 1 each.
  public static func maps(
    areaCounts: [Int], labelCount: Int, width: Int, height: Int, hasEdges: Bool, seed: UInt64
  ) -> [LabelMap] {
    var random = SplitMix64(seed: seed)
    var deck = Deck(labelCount: labelCount, seed: random.next())
    return areaCounts.enumerated().map { index, count in
      var scene = ProceduralScene(width: width, height: height, seed: random.next())
      if index % 2 == 0 { scene.paintBands(count) } else { scene.paintCells(count) }
      return LabelMap(
        width: width, height: height,
        ids: classes(of: scene, newCount: count, deck: &deck, random: &random),
        edges: hasEdges ? edges(of: scene.regions, width: width, height: height) : nil)
    }
  }

  /// 1 where a pixel's instance differs from that of a 4-neighbour inside the map, 0 elsewhere.
  ///
  /// - Parameter instances: Row-major, shape `[height, width]`.
  static func edges(of instances: [Int], width: Int, height: Int) -> [UInt8] {
    var edges = [UInt8](repeating: 0, count: instances.count)
    for y in 0..<height {
      for x in 0..<width {
        let pixel = y * width + x
        if x + 1 < width && instances[pixel] != instances[pixel + 1] {
          edges[pixel] = 1
          edges[pixel + 1] = 1
        }
        if y + 1 < height && instances[pixel] != instances[pixel + width] {
          edges[pixel] = 1
          edges[pixel + width] = 1
        }
      }
    }
    return edges
  }

  private static func scene(
    kind: Int, regionCount: Int, width: Int, height: Int, seed: UInt64
  ) -> ProceduralScene {
    var scene = ProceduralScene(width: width, height: height, seed: seed)
    switch kind % 5 {
    case 0:
      scene.paintBands(min(regionCount / 2, 6))
      scene.paintBlobs(regionCount - min(regionCount / 2, 6), size: 0.04..<0.16)
      scene.paintSpecks()
      scene.paintLines(2)
    case 1:
      scene.paintBands(3)
      scene.paintRectangles(regionCount / 2)
      scene.paintPanes()
      scene.paintBlobs(regionCount - regionCount / 2 - 4, size: 0.02..<0.1)
      scene.paintLines(4)
    case 2:
      scene.paintCells(regionCount)
      scene.paintSpecks()
    case 3:
      scene.paintRectangles(regionCount - regionCount / 4)
      scene.paintPanes()
      scene.paintBlobs(regionCount / 4, size: 0.03..<0.15)
    default:
      scene.paintBands(2)
      scene.paintBlobs(regionCount - 2, size: 0.03..<0.12)
      scene.paintLines(1)
      scene.paintSpecks()
    }
    return scene
  }

  /// The class of every pixel: new classes for the first `newCount` visible regions, and for the others half the time.
  private static func classes(
    of scene: ProceduralScene, newCount: Int, deck: inout Deck, random: inout SplitMix64
  ) -> [UInt16] {
    var isVisible = [Bool](repeating: false, count: scene.regionCount)
    for region in scene.regions { isVisible[region] = true }
    var classes = [UInt16](repeating: 0, count: scene.regionCount)
    var used: [UInt16] = []
    for region in 0..<scene.regionCount where isVisible[region] {
      if used.count < max(newCount, 1) || random.integer(in: 0...1) == 0 {
        used.append(deck.draw())
        classes[region] = used[used.count - 1]
      } else {
        classes[region] = used[random.integer(in: 0...used.count - 1)]
      }
    }
    return scene.regions.map { classes[$0] }
  }

  /// Every id once in shuffled order, then the same order again.
  private struct Deck {
    private var ids: [UInt16]
    private var drawnCount = 0

    init(labelCount: Int, seed: UInt64) {
      var random = SplitMix64(seed: seed)
      ids = (0..<labelCount).map { UInt16($0) }
      for last in stride(from: labelCount - 1, to: 0, by: -1) {
        ids.swapAt(last, random.integer(in: 0...last))
      }
    }

    /// Ids that were never drawn.
    var unseenCount: Int { max(0, ids.count - drawnCount) }

    mutating func draw() -> UInt16 {
      drawnCount += 1
      return ids[(drawnCount - 1) % ids.count]
    }
  }
}
