import SpadeInput

/// A label map that plans are made for.
struct PlanScene {
  /// Its part of the time that plans are compared by.
  let weight: Double
  let counts: Indexed<Level, WindowCounts>

  init(_ map: LabelMap, weight: Double, levels: List<Level>, kernelSize: Int) {
    self.weight = weight
    counts = Indexed(levels.map { WindowCounts(map, $0, kernelSize: kernelSize) })
  }
}

extension QuantizedNetwork {
  /// Scenes that count at most: of more maps, some all over the list.
  private static let sceneLimit = 24
  /// The part of a busy drawing, so that a plan for a few plain maps does not crawl on a full one.
  private static let busyShare = 0.2

  /// What plans of the network are compared by: the mean over `maps`, and a part for a busy drawing.
  func scenes(_ maps: [LabelMap]) -> [PlanScene] {
    let count = min(maps.count, Self.sceneLimit)
    let chosen = (0..<count).map { maps[$0 * maps.count / count] }
    let drawings = ProceduralMaps.maps(
      count: 5, labelCount: configuration.labelCount, width: configuration.width,
      height: configuration.height, hasEdges: configuration.hasEdges)
    let busy = drawings.map { scene($0, Self.busyShare) }.max { $0.windowCount < $1.windowCount }
    return chosen.map { scene($0, (1 - Self.busyShare) / Double(count)) } + (busy.map { [$0] } ?? [])
  }

  private func scene(_ map: LabelMap, _ weight: Double) -> PlanScene {
    PlanScene(map, weight: weight, levels: levels, kernelSize: configuration.kernelSize)
  }
}

extension PlanScene {
  fileprivate var windowCount: Int { counts.reduce(0) { $0 + $1.outerTotal } }
}
