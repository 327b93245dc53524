import SpadeModel

/// Turns stages into steps with rows.
///
/// The picture pulls: it asks for the rows it needs, in bands, and every stage first asks its own inputs for the rows
/// its kernel reaches. A banded stage makes just the rows it is asked for, convolutions whole tiles of them; any other
/// makes all of its rows at the first request, a chunk at a time. How far a tensor's producer is ahead of its readers
/// gives the rows that must be kept.
struct Scheduler {
  private(set) var network: QuantizedNetwork
  let options: PlanOptions
  private(set) var steps: [StepRecord] = []
  /// For each tensor: rows to keep.
  private(set) var rowCapacity: [Int]
  /// For each level: the widest request, in rows.
  private(set) var requestedRows: [Int]
  /// For each stage: rows made so far.
  private var made: [Int]
  /// For each tensor: the last stage that writes it.
  private var producers: [Int?]

  init(_ network: QuantizedNetwork, options: PlanOptions) {
    self.network = network
    self.options = options
    made = [Int](repeating: 0, count: network.stages.count)
    rowCapacity = [Int](repeating: 0, count: network.tensors.count)
    requestedRows = [Int](repeating: 0, count: network.levels.count)
    producers = [Int?](repeating: nil, count: network.tensors.count)
    for (index, stage) in network.stages.enumerated() {
      if let output = stage.output { producers[output] = index }
    }
  }

  mutating func run() {
    let last = network.stages.count - 1
    let height = network.stages[last].height
    let band = isBanded(network.stages[last]) ? options.bandRowCount : height
    var start = 0
    while start < height {
      let end = min(start + band, height)
      emit(last, start, end)
      start = end
    }
  }

  /// Instance norm needs all rows at once, wherever it stands.
  private func isBanded(_ stage: Stage) -> Bool {
    if case .normalize = stage.operation { return false }
    return stage.blockIndex >= options.firstBandedBlock
  }

  /// Makes sure a stage has made rows up to `end`.
  private mutating func pull(_ index: Int, upTo end: Int) {
    let stage = network.stages[index]
    let target =
      isBanded(stage) ? min(ModelFormat.padded(end, to: rowBlock(stage)), stage.height) : stage.height
    while made[index] < target {
      let next = min(target, made[index] + chunkRowCount(stage))
      emit(index, made[index], next)
      made[index] = next
    }
  }

  /// Rows a banded stage makes at a time: whole tiles, where it can run in tiles. They need more rows of its input at once.
  private func rowBlock(_ stage: Stage) -> Int {
    guard options.bandTileCount > 0, case .convolve(let product, _) = stage.operation,
      network.products[product].kernelSize == 3
    else {
      return 1
    }
    return TiledConvolution.side
  }

  private func chunkRowCount(_ stage: Stage) -> Int {
    guard case .modulate = stage.operation else { return stage.height }
    return max(1, options.chunkPixelCount / stage.width)
  }

  /// Rows `start ..< end` of a tensor, as `stage` or else its last producer leaves them, are about to be read.
  private mutating func read(_ tensor: Int, _ start: Int, _ end: Int, madeBy stage: Int? = nil) {
    guard let producer = stage ?? producers[tensor] else { return }
    pull(producer, upTo: end)
    rowCapacity[tensor] = max(rowCapacity[tensor], made[producer] - start)
  }

  private mutating func emit(_ index: Int, _ start: Int, _ end: Int) {
    let stage = network.stages[index]
    var step = StepRecord()
    step.rowStart = UInt32(start)
    step.rowEnd = UInt32(end)
    step.name = network.names.index(stage.name)
    step.block = network.names.index(stage.block)
    if let output = stage.output { step.output = UInt32(output) }
    if let input = stage.input { step.input = UInt32(input) }

    switch stage.operation {
    case .labelFirst(let table):
      step.kind = StepKind.labelFirst.rawValue
      step.operand = UInt32(table)
    case .styleFirst(let product):
      step.kind = StepKind.styleFirst.rawValue
      step.operand = UInt32(product)
    case .normalize(let inputScale, let outputScale):
      step.kind = StepKind.normalize.rawValue
      step.scale = inputScale
      step.inverseScale = 1 / outputScale
      readInput(stage, 0, stage.height)
    case .modulate(let norm, let shift):
      step.kind = StepKind.modulate.rawValue
      step.operand = UInt32(norm)
      step.inputShift = UInt32(shift)
      readInput(stage, start >> shift, (end - 1) >> shift + 1)
      emitAffine(norm, step)
    case .convolve(let product, let residual):
      step.kind = StepKind.convolve.rawValue
      step.operand = UInt32(product)
      readKernel(stage, product, start, end)
      if let residual {
        step.residual = UInt32(residual.tensor)
        step.residualShift = UInt32(residual.shift)
        step.scale = residual.scale
        read(
          residual.tensor, start >> residual.shift, (end - 1) >> residual.shift + 1, madeBy: residual.stage)
      }
    case .picture(let product):
      step.kind = StepKind.picture.rawValue
      step.operand = UInt32(product)
      readKernel(stage, product, start, end)
    }
    steps.append(step)
  }

  private mutating func readInput(_ stage: Stage, _ start: Int, _ end: Int) {
    if let input = stage.input { read(input, start, end) }
  }

  private mutating func readKernel(_ stage: Stage, _ product: Int, _ start: Int, _ end: Int) {
    let radius = Int(network.products[product].kernelSize) / 2
    readInput(stage, max(start - radius, 0), min(end + radius, stage.height))
  }

  /// The steps that give a modulation its A and B.
  private mutating func emitAffine(_ norm: Int, _ modulation: StepRecord) {
    let level = network.norms[norm].level
    guard level != ModelFormat.none else { return }
    requestedRows[Int(level)] = max(requestedRows[Int(level)], Int(modulation.rowEnd - modulation.rowStart))
    var step = StepRecord()
    step.rowStart = modulation.rowStart
    step.rowEnd = modulation.rowEnd
    step.name = modulation.name
    step.block = modulation.block
    step.kind = StepKind.windows.rawValue
    step.operand = level
    steps.append(step)
    step.operand = UInt32(norm)
    step.kind = StepKind.hidden.rawValue
    steps.append(step)
    step.kind = StepKind.affine.rawValue
    steps.append(step)
  }
}
