import SpadeModel

/// What the planner may choose: which blocks run in row bands, and how many windows are kept.
struct PlanOptions: Equatable, Sendable {
  /// Blocks from this one on run band by band, together with the picture convolution; the block count for none.
  var firstBandedBlock: Int
  /// Rows of the picture a band makes.
  var bandRowCount: Int
  /// Pixels that are modulated at a time outside bands.
  var chunkPixelCount: Int
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

/// A program with its memory plan.
struct Plan {
  var options: PlanOptions
  var buffers: [BufferRecord]
  var levels: [LevelRecord]
  var norms: [NormRecord]
  var steps: [StepRecord]
  var names: [String]
  var symbolBuffer: Int
  var stateBuffer: Int
  /// Hidden rows of a thread's tap table.
  var tapRowCapacity: Int
  /// Arena bytes of all buffers together.
  var byteCount: Int
  /// Whether convolutions have workspaces.
  var usesWinograd: Bool
  /// Arena bytes of what one thread needs for tap tables or tiles.
  var threadByteCount: Int
}
