/// Steps that can run in tiles and share a workspace.
struct TiledGroup {
  /// Ascending.
  var steps: [(step: Int, tiles: TiledConvolution)]
  /// Whether they are those of the bands that run through several blocks.
  let isChained: Bool

  var life: ClosedRange<Int> { steps[0].step...steps[steps.count - 1].step }
}

extension Schedule {
  /// A step that makes a whole tensor is a group of its own, since its workspace lives for one step; bands inside a block are
  /// one for each block, and the bands that run through the last blocks one together.
  func tiledGroups(_ network: QuantizedNetwork, _ options: ScheduleOptions) -> [TiledGroup] {
    var groups: [TiledGroup] = []
    // For each block with bands inside, and `nil` for the others' bands: where its group is.
    var places: [Int?: Int] = [:]
    for index in steps.indices {
      guard let tiles = TiledConvolution(steps[index], network) else { continue }
      let stage = network.stages[steps[index].stage]
      let isChained = !tiles.isWhole && options.isBanded(stage)
      let key = isChained ? nil : stage.blockIndex
      if !tiles.isWhole, let place = places[key] {
        groups[place].steps.append((index, tiles))
        continue
      }
      if !tiles.isWhole { places[key] = groups.count }
      groups.append(TiledGroup(steps: [(index, tiles)], isChained: isChained))
    }
    return groups
  }
}
