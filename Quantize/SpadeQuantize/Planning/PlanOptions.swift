import SpadeModel

/// What the planner may choose.
struct PlanOptions: Sendable {
  var schedule: ScheduleOptions
  /// Distinct windows kept. Never fewer are kept than a chunk or band of rows can have.
  var windows: Indexed<Level, WindowCapacity>
  /// Hidden rows of a thread's tap table; 0 for none.
  var tapRowCapacity: Int
  /// Tiles that a 3×3 convolution transforms at a time; 0 for the direct product.
  var tileCounts: Indexed<Stage, Int>
  /// Norms whose A and B live through the whole frame, and with them their level's windows: the next picture of the same map
  /// finds them again.
  var keptNorms: Set<StoredNorm.Index> = []
}

extension WindowCapacity {
  /// Room for `self`, but at least for all windows of `rowCount` rows.
  func holding(rowCount: Int, of level: Level, radius: Int) -> WindowCapacity {
    func capacity(_ wanted: Int, _ rows: Int) -> Int {
      let least = min(rows, level.height) * level.width
      return min(ModelFormat.windowLimit - 1, max(min(wanted, level.width * level.height), least))
    }
    return WindowCapacity(
      inner: capacity(inner, rowCount + 2 * radius), outer: capacity(outer, rowCount))
  }
}
