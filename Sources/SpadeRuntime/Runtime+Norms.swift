import CSpadeKernels
import SpadeModel

/// Hidden activations of a range of inner windows.
private struct HiddenJob {
  static let windowsPerTask = 64

  let sum: spade_table_sum
  let kernel: @convention(c) (UnsafePointer<spade_table_sum>?, UnsafeMutablePointer<Int8>?) -> Void
  let level: LevelState
  let symbols: UnsafePointer<UInt16>
  let symbolRowStride: Int
  let kernelSize: Int
  let labelCount: Int
  /// `Int8[1 + innerCapacity][channels]`; the first row stands for "outside".
  let output: UnsafeMutablePointer<Int8>

  func run(task: Int, scratch: Scratch) {
    let first = task * Self.windowsPerTask
    let channels = sum.channels
    let taps = kernelSize * kernelSize
    let radius = kernelSize / 2
    let shift = Int(level.record.shift)
    for window in first..<min(first + Self.windowsPerTask, level.innerCount) {
      let place = level.innerPlaces[window]
      let y = place.row - radius
      let x = place.column - radius
      var count = 0
      for tap in 0..<taps {
        let row = y + tap / kernelSize
        let column = x + tap % kernelSize
        guard row >= 0, row < level.height, column >= 0, column < level.width else { continue }
        let symbol = Int(symbols[row &* symbolRowStride &+ column << shift])
        scratch.offsets[count] = Int32(truncatingIfNeeded: (tap &* labelCount &+ symbol >> 1) &* channels)
        count += 1
        if symbol & 1 != 0 {
          scratch.offsets[count] = Int32(truncatingIfNeeded: (taps &* labelCount &+ tap) &* channels)
          count += 1
        }
      }
      var call = sum
      call.offsets = UnsafePointer(scratch.offsets)
      call.count = count
      kernel(&call, output + (1 + window) * channels)
    }
  }
}

extension Runtime {
  /// Hidden activations for the level's inner windows, unless made since they were numbered.
  func makeHidden(_ step: StepRecord) {
    let norm = model.norm(Int(step.operand))
    let level = levelState(Int(norm.level))
    let made = normState(step.operand)
    if made[0] == level.generation { return }
    made[0] = level.generation

    let table = model.table(Int(norm.table))
    let channels = Int(table.channels)
    let output = hidden(norm)
    output.initialize(repeating: Int8(bitPattern: 0x80 ^ kernels.codeFlip), count: channels)
    var job = (
      HiddenJob(
        sum: tableSum(table), kernel: kernels.table.pointee.table_sum_relu, level: level,
        symbols: symbolPlane,
        symbolRowStride: model.width << Int(level.record.shift), kernelSize: Int(table.kernelSize),
        labelCount: model.labelCount, output: output), scratch
    )
    let taskCount = (level.innerCount + HiddenJob.windowsPerTask - 1) / HiddenJob.windowsPerTask
    pool.run(taskCount, &job) { context, task, thread in
      let job = context.unsafelyUnwrapped.assumingMemoryBound(to: (HiddenJob, ScratchAreas).self)
      job.pointee.0.run(task: task, scratch: job.pointee.1[thread])
    }
  }

  /// A and B for the level's outer windows, unless made since they were numbered.
  mutating func makeAffine(_ step: StepRecord) {
    let norm = model.norm(Int(step.operand))
    let level = levelState(Int(norm.level))
    let made = normState(step.operand)
    if made[1] == level.generation { return }
    made[1] = level.generation

    let product = model.product(Int(norm.product))
    if TapTable.pays(level, product, capacity: Int(model.configuration.tapRowCapacity)) {
      makeAffineByTaps(norm, level, product)
      return
    }
    count(product, rowCount: level.outerCount)
    let rows = WindowRows(level: level, kernelSize: Int(product.kernelSize))
    let job = WideProduct(
      product: product, model: model, kernels: kernels, input: hidden(norm), output: affine(norm),
      residual: nil,
      residualScale: 0, rows: .windows(rows, hidden: Int(product.depth), columns: Int(norm.channels) * 2),
      rowCount: level.outerCount)
    run(job)
  }

  /// A norm's hidden rows: the row for "outside", then one for each inner window.
  func hidden(_ norm: NormRecord) -> UnsafeMutablePointer<Int8> {
    (arena + Int(model.buffer(Int(norm.hiddenBuffer)).offset)).assumingMemoryBound(to: Int8.self)
  }

  /// A norm's A and B, a row for each outer window.
  func affine(_ norm: NormRecord) -> UnsafeMutablePointer<Int16> {
    (arena + Int(model.buffer(Int(norm.affineBuffer)).offset)).assumingMemoryBound(to: Int16.self)
  }

  func tableSum(_ table: TableRecord) -> spade_table_sum {
    spade_table_sum(
      table: model.weights(table.rows).assumingMemoryBound(to: Int16.self), offsets: nil, count: 0,
      bias: model.weights(table.bias).assumingMemoryBound(to: Int16.self), channels: Int(table.channels))
  }

  /// The level generations at the norm's last `hidden` and `affine`.
  private func normState(_ index: UInt32) -> UnsafeMutablePointer<UInt32> {
    (stateBase + StateLayout.norm(Int(index), levelCount: model.levelCount)).assumingMemoryBound(
      to: UInt32.self)
  }
}
