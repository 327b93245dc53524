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
  }

  public var threadCount: Int { pool.threadCount }

  /// Takes a frame's input. The picture is written by the steps and complete after the last.
  /// - Parameters:
  ///   - labels: `height · width` ids below the model's label count, row-major. Read before this returns.
  ///   - edges: As many bytes, 0 or not, where the model reads instance borders; `nil` otherwise. Read before this returns.
  ///   - style: `styleCount` finite values, clipped to −8 … 8; empty for a model without style. Read before this returns.
  ///   - picture: `pictureByteCount` bytes that outlive the last step: RGB8, interleaved, rows from the top.
  public mutating func begin(
    labels: UnsafeBufferPointer<UInt16>, edges: UnsafeBufferPointer<UInt8>?,
    style: UnsafeBufferPointer<Float>, picture: UnsafeMutableBufferPointer<UInt8>
  ) throws(InputError) {
    let pixelCount = model.width * model.height
    guard labels.count == pixelCount else { throw .labelCount(required: pixelCount, given: labels.count) }
    if let edges {
      guard model.hasEdges else { throw .edgesUnexpected }
      guard edges.count == pixelCount else { throw .labelCount(required: pixelCount, given: edges.count) }
    } else if model.hasEdges {
      throw .edgesMissing
    }
    guard style.count == model.styleCount else {
      throw .styleCount(required: model.styleCount, given: style.count)
    }
    for index in 0..<style.count where !style[index].isFinite { throw .styleNotFinite(index: index) }
    guard picture.count >= model.pictureByteCount, let pictureBase = picture.baseAddress else {
      throw .pictureSize(required: model.pictureByteCount, given: picture.count)
    }
    let labelCount = model.labelCount
    for pixel in 0..<pixelCount where Int(labels[pixel]) >= labelCount {
      throw .unknownLabel(
        id: Int(labels[pixel]), x: pixel % model.width, y: pixel / model.width, labelCount: labelCount)
    }

    let symbols = symbolPlane
    for pixel in 0..<pixelCount {
      let edge: UInt16 = if let edges, edges[pixel] != 0 { 1 } else { 0 }
      symbols[pixel] = labels[pixel] << 1 | edge
    }
    self.picture = pictureBase
    productCount = 0
    resetState()
    takeStyle(style)
  }

  /// Runs every step.
  public mutating func run() {
    for index in 0..<model.stepCount { execute(index) }
  }

  /// Runs one step; the steps must run in order after `begin`.
  public mutating func execute(_ index: Int) {
    let step = model.step(index)
    // Safe: the loader accepts known kinds only.
    switch StepKind(rawValue: step.kind).unsafelyUnwrapped {
    case .windows: numberWindows(step)
    case .hidden: makeHidden(step)
    case .affine: makeAffine(step)
    case .modulate: modulate(step)
    case .convolve: convolve(step)
    case .normalize: normalize(step)
    case .labelFirst: makeFirstFromLabels(step)
    case .styleFirst: makeFirstFromStyle(step)
    case .picture: makePicture(step)
    }
  }

  /// Shows the rows of the wide tensor that a step has just written, for comparisons with a reference.
  /// - Parameter body: Gets the row's number and its codes, `[width][channels]`.
  public func forEachWideRow(
    writtenBy index: Int, _ body: (_ y: Int, _ codes: UnsafeBufferPointer<Int16>) -> Void
  ) {
    let step = model.step(index)
    guard step.output != ModelFormat.none else { return }
    let record = model.buffer(Int(step.output))
    guard record.kind == BufferKind.wide.rawValue else { return }
    let tensor = Plane(record, arena: arena)
    for y in Int(step.rowStart)..<Int(step.rowEnd) {
      body(y, UnsafeBufferPointer(start: tensor.wideRow(y), count: tensor.width * tensor.channels))
    }
  }

  /// The distinct windows of a level as they are numbered now: k×k windows of symbols, and k×k windows of those.
  public func windowCounts(level index: Int) -> (inner: Int, outer: Int) {
    let level = levelState(index)
    return (level.innerCount, level.outerCount)
  }

  /// Counts `rowCount` rows of a product.
  mutating func count(_ product: ProductRecord, rowCount: Int, tapCount: UInt32? = nil) {
    let taps = tapCount ?? product.kernelSize * product.kernelSize
    productCount &+=
      UInt64(rowCount) &* UInt64(taps) &* UInt64(product.usedDepth) &* UInt64(product.usedColumns)
  }

  var symbolPlane: UnsafeMutablePointer<UInt16> {
    (arena + Int(model.buffer(Int(model.configuration.symbolBuffer)).offset)).assumingMemoryBound(
      to: UInt16.self)
  }

  var stateBase: UnsafeMutableRawPointer {
    arena + Int(model.buffer(Int(model.configuration.stateBuffer)).offset)
  }

  private func resetState() {
    let count = StateLayout.byteCount(levelCount: model.levelCount, normCount: model.normCount)
    stateBase.initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }
}
