/// What decides the rows of a schedule's steps.
struct ScheduleOptions: Equatable, Sendable {
  /// Blocks from this one on run band by band, together with the picture convolution; the block count for none.
  var firstBandedBlock: Int
  /// Rows of the picture that a band makes.
  var bandRowCount: Int
  /// Pixels that are modulated at a time.
  var chunkPixelCount: Int
  /// Whether 3×3 convolutions in bands make whole tiles of 4×4 pixels.
  var makesWholeTiles: Bool

  func isBanded(_ stage: Stage) -> Bool {
    switch stage.operation {
    // They need or make all rows at once, wherever they stand.
    case .normalize, .styleFirst: false
    case .labelFirst, .modulate, .convolve, .picture: stage.blockIndex >= firstBandedBlock
    }
  }
}

/// Some rows of a stage, or what they need of a level or a norm.
struct ScheduledStep: Equatable {
  enum Action: Equatable {
    /// Numbers the windows of the rows.
    case windows(Level.Index)
    /// Hidden activations of the level's inner windows, and A and B of its outer ones.
    case hidden(StoredNorm.Index)
    case affine(StoredNorm.Index)
    /// Statistics of the norm's features over the whole map.
    case statistics(StoredNorm.Index)
    /// What the style adds to a table.
    case styleBias(StoredTable.Index)
    /// What the stage does.
    case stage
  }

  var action: Action
  /// The stage that the step belongs to.
  var stage: Stage.Index
  /// Of the stage's output.
  var rows: Range<Int>
}

/// The steps of a frame, in order, and what they need.
struct Schedule {
  var steps: [ScheduledStep] = []
  /// For each tensor: rows to keep.
  var rowCapacity: Indexed<ActivationTensor, Int>
  /// For each level: the widest request, in rows.
  var requestedRows: Indexed<Level, Int>
}
