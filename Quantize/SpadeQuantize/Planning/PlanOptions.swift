/// What the planner may choose.
struct PlanOptions: Equatable, Sendable {
  var schedule: ScheduleOptions
  /// Distinct windows kept, as a multiple of what the calibration maps have, for levels outside and inside bands. Never
  /// fewer are kept than a chunk or band of rows can have.
  var wholeWindowShare: Double
  var bandWindowShare: Double
  /// Hidden rows of a thread's tap table, as a multiple of what the calibration maps need; 0 for none.
  var tapShare: Double
  /// Tiles that 3×3 convolutions transform at a time, outside and inside bands; 0 for the direct product.
  var wholeTileCount = 0
  var bandTileCount = 0
}
