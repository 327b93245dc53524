import SpadeModel

/// The steps of a frame and the places of what they use.
struct Plan {
  var steps: [ScheduledStep]
  var buffers: List<PlannedBuffer>
  var tensors: Indexed<ActivationTensor, PlannedBuffer.Index>
  var levels: Indexed<Level, PlannedLevel>
  /// `nil` for norms without windows.
  var norms: Indexed<StoredNorm, PlannedNorm?>
  /// For each table: where what the style adds lies; `nil` where it adds nothing.
  var biases: Indexed<StoredTable, PlannedBuffer.Index?>
  /// For each step: where a convolution in tiles keeps its transformed codes.
  var workspaces: [PlannedBuffer.Index?]
  /// What the label map and the style vector become before the first step.
  var symbols: PlannedBuffer.Index
  var style: PlannedBuffer.Index?
  /// What the executor knows of levels and norms.
  var state: PlannedBuffer.Index
  /// Hidden rows of a thread's tap table.
  var tapRowCapacity: Int
  /// Arena bytes of all buffers together.
  var byteCount: Int

  /// Whether convolutions have workspaces.
  var usesWinograd: Bool { workspaces.contains { $0 != nil } }
}

/// A place in the arena.
struct PlannedBuffer: Equatable {
  typealias Index = IndexOf<Self>

  /// What a buffer is for.
  enum Contents: Equatable {
    /// A tensor, or the last rows of it.
    case tensor(ActivationTensor.Index, rowCapacity: Int)
    case windows(Level.Index)
    /// Hidden activations, and A and B.
    case hidden(StoredNorm.Index)
    case affine(StoredNorm.Index)
    case styleBias(StoredTable.Index)
    case symbols, state, workspace, style
  }

  var contents: Contents
  /// A multiple of 64.
  var byteCount: Int
  /// From the first step that writes it through the last that reads it.
  var life: ClosedRange<Int>
  /// A multiple of 64.
  var offset: Int
}

/// How many windows a level keeps, and where.
struct PlannedLevel: Equatable {
  var innerCapacity: Int
  var outerCapacity: Int
  var buffer: PlannedBuffer.Index
}

/// Where a norm's hidden activations lie, and its A and B.
struct PlannedNorm: Equatable {
  var hidden: PlannedBuffer.Index
  var affine: PlannedBuffer.Index
}
