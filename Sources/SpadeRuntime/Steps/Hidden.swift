import CSpadeKernels
import SpadeModel

/// Hidden activations of up to 64 inner windows per task.
private struct HiddenJob: PoolJob {
  private static let windowsPerTask = 64

  let table: LabelTable
  let kernel: @convention(c) (UnsafePointer<spade_table_sum>?, UnsafeMutablePointer<Int8>?) -> Void
  let level: LevelState
  /// `Int8[1 + innerCapacity][channels]`; the first row stands for "outside".
  let output: UnsafeMutablePointer<Int8>

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  var taskCount: Int { (level.innerCount + Self.windowsPerTask - 1) / Self.windowsPerTask }

  func run(task: Int, scratch: Scratch) {
    let first = task * Self.windowsPerTask
    for window in first..<min(first + Self.windowsPerTask, level.innerCount) {
      let position = level.innerPositions[window]
      var sum = table.sum(y: position.row, x: position.column, scratch)
      kernel(&sum, output + (1 + window) * table.channels)
    }
  }
}

extension Runtime {
  /// Hidden activations of a norm for the level's inner windows, unless made since they were numbered.
  func makeHidden(_ index: NormIndex, bias: BufferIndex?) {
    let norm = model.windowAffine(index)
    let level = level(norm.level)
    let state = normState(index)
    if state.hiddenGeneration == level.generation { return }
    state.hiddenGeneration = level.generation

    var table = LabelTable(
      model.table(norm.table), model, symbols: symbols, width: level.width, height: level.height)
    bias.ifPresent { table.borderBiases = UnsafePointer(buffer($0) as UnsafeMutablePointer<Int16>) }
    let output: UnsafeMutablePointer<Int8> = buffer(norm.hiddenBuffer)
    // An activation of 0 has the code −128.
    output.initialize(repeating: Int8(bitPattern: 0x80 ^ kernels.codeFlip), count: table.channels)
    pool.run(
      HiddenJob(table: table, kernel: kernels.table.pointee.table_sum_relu, level: level, output: output),
      scratch: scratch)
  }
}
