import SpadeModel

extension Runtime {
  func levelState(_ index: Int) -> LevelState {
    LevelState(index, model: model, arena: arena, stateBase: stateBase)
  }

  /// Numbers the windows of the step's rows and of as many rows after them as fit, unless they are numbered already.
  func numberWindows(_ step: StepRecord) {
    let level = levelState(Int(step.operand))
    let start = Int(step.rowStart)
    if start >= level.rowStart, Int(step.rowEnd) <= level.rowEnd { return }

    let kernelSize = Int(model.configuration.kernelSize)
    let shift = Int(level.record.shift)
    let inner = WindowTable(
      symbols: symbolPlane, rowStride: model.width << shift, columnStride: 1 << shift, width: level.width,
      height: level.height, kernelSize: kernelSize, numbers: level.innerNumbers, places: level.innerPlaces,
      slots: level.innerSlots, slotCount: level.layout.innerSlotCount,
      capacity: Int(level.record.innerCapacity))
    let outer = WindowTable(
      symbols: level.innerNumbers, rowStride: level.width, columnStride: 1, width: level.width,
      height: level.height, kernelSize: kernelSize, numbers: level.outerNumbers, places: level.outerPlaces,
      slots: level.outerSlots, slotCount: level.layout.outerSlotCount,
      capacity: Int(level.record.outerCapacity))
    inner.clear()
    outer.clear()

    let radius = kernelSize / 2
    var innerEnd = max(start - radius, 0)
    var innerCount = 0
    var outerCount = 0
    var end = start
    rows: while end < level.height {
      while innerEnd < min(end + radius + 1, level.height) {
        guard let count = inner.number(row: innerEnd, count: innerCount) else { break rows }
        innerCount = count
        innerEnd += 1
      }
      guard let count = outer.number(row: end, count: outerCount) else { break }
      outerCount = count
      end += 1
    }
    // Safe: the loader found room for all windows of the step's rows, so `end` has reached its last row.
    level.rowStart = start
    level.rowEnd = end
    level.innerCount = innerCount
    level.outerCount = outerCount
    level.generation += 1
  }
}
