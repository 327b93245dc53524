// The fixed-size records of the model file. Every field is a 32-bit little-endian word unless said otherwise; the
// structs have the file's layout, so that a record is loaded in one piece.
//
// Records are the file's words. What they mean is read with types: `Model.step(StepIndex)` gives a `Step`, whose
// `operation` holds the operands of its kind; `NormRecord.source` says where A and B come from; `Model.buffer(BufferIndex)`
// and its like take indices that cannot be mixed up. A compiler makes records of them with `StepRecord(Step)` and
// `NormRecord.set`.

/// Length and XXH64 checksum of a section.
public struct SectionRecord {
  /// A multiple of 64; sections follow each other without a gap.
  public var byteCount: UInt64
  public var checksum: UInt64

  public init(byteCount: UInt64, checksum: UInt64) {
    self.byteCount = byteCount
    self.checksum = checksum
  }
}

/// The network at a glance, and how many records follow.
public struct ConfigurationRecord {
  public var width: UInt32 = 0
  public var height: UInt32 = 0
  /// Ids of a label map are below this.
  public var labelCount: UInt32 = 0
  /// The id of unknown pixels, or `none`.
  public var unknownLabel: UInt32 = ModelFormat.none
  /// 1 where the network reads instance borders.
  public var hasEdges: UInt32 = 0
  /// Length of the style vector; 0 for a network without one.
  public var styleCount: UInt32 = 0
  public var kernelSize: UInt32 = 0
  public var hiddenChannelCount: UInt32 = 0
  public var channelUnit: UInt32 = 0
  /// 5, 6 or 7.
  public var doublingCount: UInt32 = 0
  /// 0 batch, 1 instance.
  public var normalization: UInt32 = 0
  public var nameCount: UInt32 = 0
  public var bufferCount: UInt32 = 0
  public var levelCount: UInt32 = 0
  public var tableCount: UInt32 = 0
  public var productCount: UInt32 = 0
  public var normCount: UInt32 = 0
  public var stepCount: UInt32 = 0
  /// Bytes of JSON in the metadata section, without its padding.
  public var metadataByteCount: UInt32 = 0
  /// The buffer that holds the frame's symbols: `UInt16[height][width]`, id · 2 + edge.
  public var symbolBuffer: UInt32 = 0
  /// The buffer that holds what the executor knows about levels and norms between steps.
  public var stateBuffer: UInt32 = 0
  /// `ngf` of the style encoder, or 0.
  public var encoderChannelUnit: UInt32 = 0
  /// Multiply-adds of the dense network (64 bits, low word first).
  public var denseProductsLow: UInt32 = 0
  public var denseProductsHigh: UInt32 = 0
  /// Hidden rows that a thread's tap table holds; 0 for no tap tables.
  public var tapRowCapacity: UInt32 = 0
  /// 1 where convolutions may run in tiles: threads then have room for them, see `ScratchLayout`.
  public var usesWinograd: UInt32 = 0
  /// Channels that the picture's convolution reads; 0 for `channelUnit`.
  public var pictureChannelCount: UInt32 = 0
  /// Zero.
  public var reserved: (UInt32, UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0, 0)

  public init() {}
}

/// What a buffer of the arena holds.
public enum BufferKind: UInt32 {
  /// Bytes whose layout its user defines.
  case raw = 0
  /// `Int16[rowCapacity][width][channels]`, real value = code · scale.
  case wide = 1
  /// `Int8[channels]` for a pixel outside the picture, then `Int8[rowCapacity][width][channels]`.
  case codes = 2
}

/// A place in the arena, valid from `firstStep` through `lastStep`. Row `y` of a tensor lies in slot `y mod rowCapacity`.
public struct BufferRecord {
  public var offset: UInt32 = 0
  public var byteCount: UInt32 = 0
  /// A `BufferKind`.
  public var kind: UInt32 = 0
  public var rowCapacity: UInt32 = 0
  public var width: UInt32 = 0
  /// Rows of the tensor, of which `rowCapacity` are kept.
  public var height: UInt32 = 0
  /// A multiple of 16.
  public var channels: UInt32 = 0
  /// Channels that mean something; the others are zero.
  public var usedChannels: UInt32 = 0
  /// Real value of one code, for wide buffers.
  public var scale: Float = 0
  public var firstStep: UInt32 = 0
  public var lastStep: UInt32 = 0
  public var name: UInt32 = 0
  /// Zero.
  public var reserved: (UInt64, UInt64) = (0, 0)

  public init() {}
}

/// The windows of one resolution.
public struct LevelRecord {
  public var width: UInt32 = 0
  public var height: UInt32 = 0
  /// The level reads the frame's symbol at (x << shift, y << shift).
  public var shift: UInt32 = 0
  /// Distinct k×k windows of symbols that fit.
  public var innerCapacity: UInt32 = 0
  /// Distinct k×k windows of inner windows that fit.
  public var outerCapacity: UInt32 = 0
  /// A raw buffer laid out as `LevelLayout`.
  public var buffer: UInt32 = 0
  /// Zero.
  public var reserved: UInt64 = 0

  public init() {}
}

/// A convolution of the one-hot label map, as rows to add up.
public struct TableRecord {
  /// `Int16[taps][labelCount][channels]`, then with edges `Int16[taps][channels]`; in units of 64 bytes from the
  /// start of the weights.
  public var rows: UInt32 = 0
  /// `Int16[channels]`, in units of 64 bytes.
  public var bias: UInt32 = 0
  public var channels: UInt32 = 0
  /// Side of the kernel.
  public var kernelSize: UInt32 = 0

  public init() {}
}

/// Weight panels for the gather product, one for 16 output columns.
public struct ProductRecord {
  /// In units of 64 bytes from the start of the weights.
  public var panels: UInt32 = 0
  public var panelCount: UInt32 = 0
  /// Side of the kernel; its square is the tap count.
  public var kernelSize: UInt32 = 0
  /// Input channels of a tap.
  public var depth: UInt32 = 0
  /// `Float[panelCount][16]`, in units of 64 bytes.
  public var scale: UInt32 = 0
  /// Input channels that mean something, for counting.
  public var usedDepth: UInt32 = 0
  /// Output columns that mean something, for counting.
  public var usedColumns: UInt32 = 0
  public var name: UInt32 = 0

  public init() {}
}

/// A SPADE layer, or with `level` none an affine from the weights: a class-adaptive layer's rows for each symbol, or a constant
/// (the picture convolution's input).
public struct NormRecord {
  public var level: UInt32 = ModelFormat.none
  public var channels: UInt32 = 0
  /// Label map → hidden activations.
  public var table: UInt32 = ModelFormat.none
  /// Hidden activations → A and B, interleaved.
  public var product: UInt32 = ModelFormat.none
  /// `Int16[channels][2]`, or as many for each symbol, where `level` is none; else none, or what makes features of hidden
  /// activations, see `FeatureLayout`; in units of 64 bytes.
  public var constant: UInt32 = ModelFormat.none
  /// `Float[channels]`, in units of 64 bytes.
  public var scale: UInt32 = 0
  /// `Float[channels]` holding integers, in units of 64 bytes.
  public var zeroPoint: UInt32 = 0
  /// What B is multiplied with; 1 … 32767.
  public var biasFactor: UInt32 = 1
  /// Leaky relu's slope, or 1.
  public var slope: Float = 1
  /// Raw buffers: `Int8[1 + innerCapacity][hidden]` and `Int16[outerCapacity][channels][2]`.
  public var hiddenBuffer: UInt32 = ModelFormat.none
  public var affineBuffer: UInt32 = ModelFormat.none
  public var name: UInt32 = 0
  /// 1 where it makes fine codes: then a tensor of codes has two bytes for each channel.
  public var isFine: UInt32 = 0
  /// 1 where `constant` has A and B for each symbol.
  public var isBySymbol: UInt32 = 0
  /// What a high byte is worth in codes of features; 0 where there are none.
  public var featureHigh: UInt32 = 0
  /// Zero.
  public var reserved: UInt32 = 0

  public init() {}
}

/// What a step does.
public enum StepKind: UInt32 {
  /// Makes sure the windows of `rows` of a level are numbered.
  case windows = 0
  /// Hidden activations of a norm for the level's inner windows, unless done since they were numbered.
  case hidden = 1
  /// A and B of a norm for the level's outer windows, unless done since they were numbered.
  case affine = 2
  /// Wide rows through a norm's affine and activation to codes.
  case modulate = 3
  /// Rows of codes through a product to wide rows, plus a residual.
  case convolve = 4
  /// Instance norm of a whole tensor.
  case normalize = 5
  /// The first tensor from the label map.
  case labelFirst = 6
  /// The first tensor from the style vector.
  case styleFirst = 7
  /// Rows of codes through the picture convolution, tanh and 8-bit quantisation.
  case picture = 8
  /// Means and variances of a norm's features over the whole map; numbers the level's windows anew as often as it takes.
  case statistics = 9
  /// What a style adds to a convolution of the label map, for each way in which the picture's border cuts its taps.
  case styleBias = 10
}

/// One step of a frame over rows `rowStart ..< rowEnd` of its output.
public struct StepRecord {
  public var kind: UInt32 = 0
  public var rowStart: UInt32 = 0
  public var rowEnd: UInt32 = 0
  public var input: UInt32 = ModelFormat.none
  public var output: UInt32 = ModelFormat.none
  /// Wide buffer to add, or `none`.
  public var residual: UInt32 = ModelFormat.none
  /// Index of a product, norm, table or level, by kind.
  public var operand: UInt32 = ModelFormat.none
  /// 1 where the input is read at (x >> 1, y >> 1).
  public var inputShift: UInt32 = 0
  public var residualShift: UInt32 = 0
  /// `residual_scale` of `convolve`; real value of an input code for `normalize`.
  public var scale: Float = 0
  /// 1 / real value of an output code, for `normalize`.
  public var inverseScale: Float = 0
  /// The layer this step belongs to.
  public var name: UInt32 = 0
  /// The block this step belongs to.
  public var block: UInt32 = 0
  /// Raw buffer for the transformed codes of a 3×3 convolution in tiles, or `none`.
  public var workspace: UInt32 = ModelFormat.none
  /// Zero.
  public var reserved: UInt64 = 0

  public init() {}
}
