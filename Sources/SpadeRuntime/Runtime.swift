import CSpadeKernels
import CSpadePlatform
import SpadeModel

/// Runs a model's steps over one arena. After `init` nothing allocates, and `execute` cannot fail.
///
/// See `ArenaLayout` for the arena.
public struct Runtime: ~Copyable {
  public let model: Model
  public let kernels: KernelSet
  let arena: UnsafeMutableRawPointer
  let scratch: ScratchAreas
  let pool: ThreadPool
  var picture: UnsafeMutablePointer<UInt8>
  /// Whether the arena's symbols and state are those of a frame.
  var holdsFrame = false
  /// Multiply-adds done since `begin`, padding left out: those of γ and β depend on the frame's windows.
  public internal(set) var productCount: UInt64 = 0

  /// Arena bytes a model needs with `threadCount` threads.
  public static func arenaByteCount(model: Model, threadCount: Int) -> Int {
    ArenaLayout(model, threadCount: threadCount).byteCount
  }

  /// - Parameters:
  ///   - model: Its bytes must outlive the runtime.
  ///   - arena: At least `arenaByteCount(model:threadCount:)` bytes, 64-byte aligned, for the runtime alone.
  ///   - kernels: Any set this CPU supports; all give the same picture.
  ///   - threadCount: 1 … 64; all give the same picture.
  public init(
    model: Model, arena: UnsafeMutableRawBufferPointer, kernels: KernelSet, threadCount: Int
  ) throws(InputError) {
    guard ArenaLayout.threadCounts.contains(threadCount) else { throw .threadCount(threadCount) }
    let layout = ArenaLayout(model, threadCount: threadCount)
    guard let base = arena.baseAddress, arena.count >= layout.byteCount else {
      throw .arenaTooSmall(required: layout.byteCount, given: arena.count)
    }
    guard UInt(bitPattern: base) % UInt(ModelFormat.alignment) == 0 else { throw .arenaMisaligned }
    let pool = try ThreadPool(memory: base + layout.pool, threadCount: threadCount)
    self.model = model
    self.kernels = kernels
    self.arena = base
    scratch = ScratchAreas(base: base + layout.scratch, byteCount: layout.scratchByteCount)
    self.pool = pool
    picture = base.assumingMemoryBound(to: UInt8.self)
    // The first frame compares its symbols with these.
    symbols.initialize(repeating: 0, count: model.width * model.height)
  }

  public var threadCount: Int { pool.threadCount }

  /// Runs every step.
  public mutating func run() {
    for index in 0..<model.stepCount { execute(index) }
  }

  /// Runs one step; the steps must run in order after `begin`.
  public mutating func execute(_ index: Int) {
    let step = model.step(StepIndex(index))
    switch step.operation {
    case .windows(let level):
      numberWindows(of: level, rows: step.rows) {
        model.firstRequestedRow(of: level, from: StepIndex(index))
      }
    case .hidden(let norm, let bias): makeHidden(norm, bias: bias)
    case .affine(let norm): makeAffine(norm)
    case .statistics(let norm): makeStatistics(norm)
    case .modulate(let modulation): modulate(modulation, rows: step.rows)
    case .convolve(let convolution): convolve(convolution, rows: step.rows)
    case .normalize(let normalization): normalize(normalization)
    case .labelFirst(let table, let bias, let output):
      makeFirst(fromLabels: table, bias: bias, output: output, rows: step.rows)
    case .styleFirst(let product, let codes, let output):
      makeFirst(fromStyle: product, codes: codes, output: output)
    case .picture(let product, let input): makePicture(product, input: input, rows: step.rows)
    case .styleBias(let product, let codes, let bias): makeStyleBias(product, codes: codes, bias: bias)
    }
  }

  /// Shows the rows of the wide tensor that a step has just written, for comparisons with a reference.
  /// - Parameter body: Gets the row's number and its codes, `[width][channels]`.
  public func forEachWideRow(
    writtenBy index: Int, _ body: (_ y: Int, _ codes: UnsafeBufferPointer<Int16>) -> Void
  ) {
    let step = model.step(StepIndex(index))
    guard let output = step.operation.output, model.buffer(output).kind == BufferKind.wide.rawValue else {
      return
    }
    let tensor = plane(output)
    for y in step.rows {
      body(y, UnsafeBufferPointer(start: tensor.wideRow(y), count: tensor.width * tensor.channels))
    }
  }
}
