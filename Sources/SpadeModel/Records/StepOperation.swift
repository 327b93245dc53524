/// What a step does and with what: the meaning of a `StepRecord`'s fields.
public enum StepOperation: Equatable, Sendable {
  /// See `StepKind` for what each does.
  case windows(LevelIndex)
  /// `bias` is what a `styleBias` made, and stands for the table's own; here and in `labelFirst`.
  case hidden(NormIndex, bias: BufferIndex? = nil)
  case affine(NormIndex)
  case modulate(Modulation)
  case convolve(Convolution)
  case normalize(Normalization)
  case labelFirst(TableIndex, bias: BufferIndex? = nil, output: BufferIndex)
  /// `codes` is a raw buffer: `Int8[2][depth]`, high and low parts of the style.
  case styleFirst(ProductIndex, codes: BufferIndex, output: BufferIndex)
  case picture(ProductIndex, input: BufferIndex)
  case statistics(NormIndex)
  /// `codes` as in `styleFirst`; `bias` is a raw buffer: `Int16[borderKinds][channels]`.
  case styleBias(ProductIndex, codes: BufferIndex, bias: BufferIndex)

  public struct Modulation: Equatable, Sendable {
    public var norm: NormIndex
    public var input: BufferIndex
    /// 1 where the input is read at (x >> 1, y >> 1), else 0.
    public var inputShift: Int
    public var output: BufferIndex

    public init(norm: NormIndex, input: BufferIndex, inputShift: Int, output: BufferIndex) {
      self.norm = norm
      self.input = input
      self.inputShift = inputShift
      self.output = output
    }
  }

  public struct Convolution: Equatable, Sendable {
    public var product: ProductIndex
    public var input: BufferIndex
    public var output: BufferIndex
    public var residual: Residual?
    /// A raw buffer for transformed codes where the convolution may run in tiles.
    public var workspace: BufferIndex?

    public init(
      product: ProductIndex, input: BufferIndex, output: BufferIndex, residual: Residual? = nil,
      workspace: BufferIndex? = nil
    ) {
      self.product = product
      self.input = input
      self.output = output
      self.residual = residual
      self.workspace = workspace
    }

    /// Whether the convolution adds to rows that are there instead of making new ones.
    public var isInPlace: Bool { residual?.buffer == output }
  }

  /// A wide tensor that a convolution adds.
  public struct Residual: Equatable, Sendable {
    public var buffer: BufferIndex
    /// 1 where it is read at (x >> 1, y >> 1), else 0.
    public var shift: Int
    /// Its code's real value in units of the output's, 0 … 16384.
    public var scale: Float

    public init(buffer: BufferIndex, shift: Int, scale: Float) {
      self.buffer = buffer
      self.shift = shift
      self.scale = scale
    }
  }

  public struct Normalization: Equatable, Sendable {
    public var input: BufferIndex
    public var output: BufferIndex
    /// The real value of an input code, and 1 / that of an output code.
    public var scale: Float
    public var inverseScale: Float

    public init(input: BufferIndex, output: BufferIndex, scale: Float, inverseScale: Float) {
      self.input = input
      self.output = output
      self.scale = scale
      self.inverseScale = inverseScale
    }
  }

  public var kind: StepKind {
    switch self {
    case .windows: .windows
    case .hidden: .hidden
    case .affine: .affine
    case .modulate: .modulate
    case .convolve: .convolve
    case .normalize: .normalize
    case .labelFirst: .labelFirst
    case .styleFirst: .styleFirst
    case .picture: .picture
    case .statistics: .statistics
    case .styleBias: .styleBias
    }
  }

  /// What the step convolves, if it is a convolution of a block.
  public var convolution: Convolution? {
    if case .convolve(let convolution) = self { convolution } else { nil }
  }

  /// The tensor that the step writes rows of.
  public var output: BufferIndex? {
    switch self {
    case .windows, .hidden, .affine, .picture, .statistics, .styleBias: nil
    case .modulate(let modulation): modulation.output
    case .convolve(let convolution): convolution.output
    case .normalize(let normalization): normalization.output
    case .labelFirst(_, _, let output), .styleFirst(_, _, let output): output
    }
  }
}

/// A step of a checked model.
public struct Step: Equatable, Sendable {
  public var operation: StepOperation
  /// Rows of what the step makes.
  public var rows: Range<Int>
  /// The layer and the block that it belongs to.
  public var name: NameIndex
  public var block: NameIndex

  public init(operation: StepOperation, rows: Range<Int>, name: NameIndex, block: NameIndex) {
    self.operation = operation
    self.rows = rows
    self.name = name
    self.block = block
  }
}

extension StepRecord {
  /// What the record says, index by index and unchecked; `nil` for an unknown kind.
  public var operation: StepOperation? {
    guard let kind = StepKind(rawValue: kind) else { return nil }
    let input = BufferIndex(rawValue: input)
    let output = BufferIndex(rawValue: output)
    switch kind {
    case .windows: return .windows(LevelIndex(rawValue: operand))
    case .hidden: return .hidden(NormIndex(rawValue: operand), bias: BufferIndex(field: self.input))
    case .affine: return .affine(NormIndex(rawValue: operand))
    case .modulate:
      return .modulate(
        StepOperation.Modulation(
          norm: NormIndex(rawValue: operand), input: input, inputShift: Int(inputShift), output: output))
    case .convolve:
      let residual = BufferIndex(field: residual).map {
        StepOperation.Residual(buffer: $0, shift: Int(residualShift), scale: scale)
      }
      return .convolve(
        StepOperation.Convolution(
          product: ProductIndex(rawValue: operand), input: input, output: output, residual: residual,
          workspace: BufferIndex(field: workspace)))
    case .normalize:
      return .normalize(
        StepOperation.Normalization(
          input: input, output: output, scale: scale, inverseScale: inverseScale))
    case .labelFirst:
      return .labelFirst(
        TableIndex(rawValue: operand), bias: BufferIndex(field: self.input), output: output)
    case .styleFirst: return .styleFirst(ProductIndex(rawValue: operand), codes: input, output: output)
    case .picture: return .picture(ProductIndex(rawValue: operand), input: input)
    case .statistics: return .statistics(NormIndex(rawValue: operand))
    case .styleBias: return .styleBias(ProductIndex(rawValue: operand), codes: input, bias: output)
    }
  }

  /// The record of a step.
  public init(_ step: Step) {
    self.init()
    kind = step.operation.kind.rawValue
    rowStart = UInt32(step.rows.lowerBound)
    rowEnd = UInt32(step.rows.upperBound)
    name = step.name.rawValue
    block = step.block.rawValue
    output = BufferIndex.field(step.operation.output)
    switch step.operation {
    case .windows(let level): operand = level.rawValue
    case .affine(let norm), .statistics(let norm): operand = norm.rawValue
    case .hidden(let norm, let bias):
      operand = norm.rawValue
      input = BufferIndex.field(bias)
    case .modulate(let modulation):
      operand = modulation.norm.rawValue
      input = modulation.input.rawValue
      inputShift = UInt32(modulation.inputShift)
    case .convolve(let convolution):
      operand = convolution.product.rawValue
      input = convolution.input.rawValue
      workspace = BufferIndex.field(convolution.workspace)
      guard let added = convolution.residual else { return }
      residual = added.buffer.rawValue
      residualShift = UInt32(added.shift)
      scale = added.scale
    case .normalize(let normalization):
      input = normalization.input.rawValue
      scale = normalization.scale
      inverseScale = normalization.inverseScale
    case .labelFirst(let table, let bias, _):
      operand = table.rawValue
      input = BufferIndex.field(bias)
    case .styleBias(let product, let codes, let bias):
      operand = product.rawValue
      input = codes.rawValue
      output = bias.rawValue
    case .styleFirst(let product, let codes, _):
      operand = product.rawValue
      input = codes.rawValue
    case .picture(let product, let codes):
      operand = product.rawValue
      input = codes.rawValue
    }
  }
}
