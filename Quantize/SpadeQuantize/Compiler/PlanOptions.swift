import SpadeModel

/// What the planner may choose: how much of the network runs in row bands and how many windows it keeps.
public struct PlanOptions: Equatable, Sendable {
  /// Blocks from this one on run band by band, together with the picture convolution; the block count for none.
  public var firstBandedBlock: Int
  /// Rows of the picture a band makes.
  public var bandRowCount: Int
  /// Distinct windows kept for each level as a multiple of what the calibration maps have, never fewer than a chunk of
  /// rows can have.
  public var windowShare: Double
  /// Pixels that are modulated at a time outside bands.
  public var chunkPixelCount: Int
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
  /// Arena bytes of all buffers together.
  var byteCount: Int
}
