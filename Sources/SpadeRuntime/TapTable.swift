import CSpadeKernels
import SpadeCost
import SpadeModel

/// γ and β by taps: the product of a k×k kernel over an outer window is a sum of k² products over inner windows, and
/// there are far fewer inner windows. A task multiplies all hidden rows with each tap of one panel, then adds up k² rows
/// of the result for each outer window: the same integers as the direct product.
///
/// The table is `Int32[blocks][taps][rows of the block][16]`, a block being 64 hidden rows or what is left of them.
struct TapTable {
  let product: ProductRecord
  let panels: WeightPanels
  let scales: UnsafePointer<Float>
  let kernels: KernelSet
  let level: LevelState
  let hidden: UnsafePointer<Int8>
  let output: UnsafeMutablePointer<Int16>
  /// Int16 of one outer window's A and B.
  let outputStride: Int

  private static let columns = ModelFormat.panelColumns

  /// Whether tap by tap is less work than window by window.
  static func pays(_ level: LevelState, _ product: ProductRecord, capacity: Int) -> Bool {
    ProductShape(product).isMadeByTaps(
      inner: level.innerCount, outer: level.outerCount, tapRowCapacity: capacity)
  }

  private var taps: Int { Int(product.kernelSize * product.kernelSize) }
  private var hiddenRowCount: Int { level.innerCount + 1 }

  func run(task panel: Int, scratch: Scratch) {
    multiply(panel, scratch)
    var first = 0
    while first < level.outerCount {
      let count = min(Scratch.rowCount, level.outerCount - first)
      fill(first, count, scratch)
      var sum = spade_tap_sum(
        table: scratch.tapTable, offsets: scratch.offsets, offset_stride: Scratch.rowCount, row_count: count,
        tap_count: taps, bias: panels.bias(panel), accumulators: scratch.accumulators)
      kernels.table.pointee.tap_sum(&sum)
      var requantize = spade_requantize(
        accumulators: scratch.accumulators, row_count: count, scale: scales + panel * Self.columns,
        residual: nil,
        residual_offsets: nil, residual_scale: 0, out: output + panel * Self.columns,
        out_offsets: scratch.outputOffsets)
      kernels.table.pointee.requantize(&requantize)
      first += count
    }
  }

  /// All hidden rows times each tap of a panel.
  private func multiply(_ panel: Int, _ scratch: Scratch) {
    let depth = Int(product.depth)
    let tapByteCount = depth * Self.columns
    var first = 0
    while first < hiddenRowCount {
      let count = min(Scratch.rowCount, hiddenRowCount - first)
      for row in 0..<count {
        scratch.offsets[row] = Int32(truncatingIfNeeded: (first &+ row) &* depth)
      }
      var tap = 0
      while tap < taps {
        let group = min(Scratch.panelCount, taps - tap)
        var call = spade_product(
          base: hidden, offsets: scratch.offsets, offset_stride: Scratch.rowCount, row_count: count,
          tap_count: 1,
          depth: depth, weights: panels.weights(panel) + tap * tapByteCount, bias: nil, panel_count: group,
          panel_stride: tapByteCount,
          accumulators: scratch.tapTable + (first * taps + tap * count) * Self.columns)
        kernels.table.pointee.product(&call)
        tap += group
      }
      first += count
    }
  }

  /// Table offsets of the k² inner windows of each of `count` outer windows, and where their results go.
  private func fill(_ first: Int, _ count: Int, _ scratch: Scratch) {
    let rows = hiddenRowCount
    let lastBlock = rows / Scratch.rowCount
    let lastCount = rows % Scratch.rowCount
    WindowRows(level: level, kernelSize: Int(product.kernelSize)).forEach(first, count) { row, tap, number in
      let block = number / Scratch.rowCount
      let blockCount = block == lastBlock ? lastCount : Scratch.rowCount
      let place = block &* Scratch.rowCount &* taps &+ tap &* blockCount &+ number % Scratch.rowCount
      scratch.offsets[tap &* Scratch.rowCount &+ row] = Int32(truncatingIfNeeded: place &* Self.columns)
    }
    for row in 0..<count {
      scratch.outputOffsets[row] = Int32(truncatingIfNeeded: (first &+ row) &* outputStride)
    }
  }
}

extension Runtime {
  mutating func makeAffineByTaps(_ norm: NormRecord, _ level: LevelState, _ product: ProductRecord) {
    count(product, rowCount: level.innerCount + 1)
    var job = (
      TapTable(
        product: product, panels: WeightPanels(product, model: model, kernels: kernels),
        scales: model.weights(product.scale).assumingMemoryBound(to: Float.self), kernels: kernels,
        level: level,
        hidden: hidden(norm), output: affine(norm), outputStride: Int(norm.channels) * 2), scratch
    )
    pool.run(Int(product.panelCount), &job) { context, task, thread in
      let job = context.unsafelyUnwrapped.assumingMemoryBound(to: (TapTable, ScratchAreas).self)
      job.pointee.0.run(task: task, scratch: job.pointee.1[thread])
    }
  }
}
