import SpadeCost

/// Turns stages into steps with rows.
///
/// The picture pulls: it asks for the rows it needs, in bands, and every stage first asks its own inputs for the rows
/// its kernel reaches. A banded stage makes just the rows it is asked for, convolutions whole tiles of them; any other
/// makes all of its rows at the first request, a chunk at a time. How far a tensor's producer is ahead of its readers
/// gives the rows that must be kept.
struct Scheduler {
  private let network: QuantizedNetwork
  private let options: ScheduleOptions
  private var schedule: Schedule
  /// Tables whose part of the style was made.
  private var biases: Set<StoredTable.Index> = []
  /// For each stage: rows made so far.
  private var made: Indexed<Stage, Int>
  /// For each tensor: the last stage that writes it.
  private var producers: Indexed<ActivationTensor, Stage.Index?>

  static func schedule(_ network: QuantizedNetwork, _ options: ScheduleOptions) -> Schedule {
    var scheduler = Scheduler(network, options)
    scheduler.run()
    return scheduler.schedule
  }

  private init(_ network: QuantizedNetwork, _ options: ScheduleOptions) {
    self.network = network
    self.options = options
    schedule = Schedule(
      rowCapacity: network.tensors.mapValues { _ in 0 }, requestedRows: network.levels.mapValues { _ in 0 })
    made = network.stages.mapValues { _ in 0 }
    producers = network.tensors.mapValues { _ in nil }
    for index in network.stages.indices {
      if let output = network.stages[index].operation.output { producers[output] = index }
    }
  }

  private mutating func run() {
    guard let last = network.stages.indices.last else { return }
    let height = network.stages[last].height
    let band = options.isBanded(network.stages[last]) ? options.bandRowCount : height
    for start in stride(from: 0, to: height, by: band) { emit(last, start..<min(start + band, height)) }
  }

  /// Makes sure a stage has made rows up to `end`.
  private mutating func pull(_ index: Stage.Index, upTo end: Int) {
    let stage = network.stages[index]
    let block = rowBlock(stage)
    let wanted = options.isBanded(stage) ? (end + block - 1) / block * block : stage.height
    let target = min(wanted, stage.height)
    while made[index] < target {
      let next = min(target, made[index] + chunkRowCount(stage))
      emit(index, made[index]..<next)
      made[index] = next
    }
  }

  /// Rows a banded stage makes at a time: whole tiles, where it can run in tiles. They need more rows of its input at once.
  private func rowBlock(_ stage: Stage) -> Int {
    guard options.makesWholeTiles, case .convolve(let convolution) = stage.operation,
      network.products[convolution.product].kernelSize == 3
    else { return 1 }
    return TileRounds.side
  }

  private func chunkRowCount(_ stage: Stage) -> Int {
    guard case .modulate = stage.operation else { return stage.height }
    return max(1, options.chunkPixelCount / stage.width)
  }

  /// Emits a step of a stage after those that it needs.
  private mutating func emit(_ index: Stage.Index, _ rows: Range<Int>) {
    let stage = network.stages[index]
    switch stage.operation {
    case .labelFirst(let table, _): emitStyleBias(table, index)
    case .styleFirst: break
    case .normalize(let input, _): read(input, 0..<stage.height)
    case .modulate(let modulation):
      read(modulation.input, rows.halved(modulation.shift))
      emitAffine(modulation.norm, index, rows)
    case .convolve(let convolution):
      read(convolution.input, reach(of: convolution.product, rows, stage))
      if let residual = convolution.residual {
        read(residual.tensor, rows.halved(residual.shift), madeBy: residual.stage)
      }
    case .picture(let product, let input): read(input, reach(of: product, rows, stage))
    }
    schedule.steps.append(ScheduledStep(action: .stage, stage: index, rows: rows))
  }

  /// Rows of the input that a convolution's kernel reaches.
  private func reach(of product: StoredProduct.Index, _ rows: Range<Int>, _ stage: Stage) -> Range<Int> {
    let radius = network.products[product].kernelSize / 2
    return max(rows.lowerBound - radius, 0)..<min(rows.upperBound + radius, stage.height)
  }

  /// Rows of a tensor, as `stage` or else its last producer leaves them, are about to be read.
  private mutating func read(
    _ tensor: ActivationTensor.Index, _ rows: Range<Int>, madeBy stage: Stage.Index? = nil
  ) {
    guard let producer = stage ?? producers[tensor] else { return }
    pull(producer, upTo: rows.upperBound)
    schedule.rowCapacity[tensor] = max(
      schedule.rowCapacity[tensor], made[producer] - rows.lowerBound)
  }

  /// The steps that give a modulation its A and B.
  private mutating func emitAffine(_ norm: StoredNorm.Index, _ stage: Stage.Index, _ rows: Range<Int>) {
    guard let windows = network.norms[norm].windows else { return }
    let level = windows.level
    emitStyleBias(windows.hidden, stage)
    schedule.requestedRows[level] = max(schedule.requestedRows[level], rows.count)
    if windows.features != nil, rows.lowerBound == 0 {
      schedule.steps.append(
        ScheduledStep(action: .statistics(norm), stage: stage, rows: 0..<network.levels[level].height))
    }
    for action in [.windows(level), .hidden(norm), .affine(norm)] as [ScheduledStep.Action] {
      schedule.steps.append(ScheduledStep(action: action, stage: stage, rows: rows))
    }
  }
}

extension Scheduler {
  /// The step before a table's first use that makes what the style adds, where it goes along with the labels.
  private mutating func emitStyleBias(_ table: StoredTable.Index, _ stage: Stage.Index) {
    guard network.tables[table].style != nil, biases.insert(table).inserted else { return }
    schedule.steps.append(ScheduledStep(action: .styleBias(table), stage: stage, rows: 0..<1))
  }
}

extension Range<Int> {
  /// The rows that are read for these at (y >> shift).
  fileprivate func halved(_ shift: Int) -> Range<Int> {
    (lowerBound >> shift)..<((upperBound - 1) >> shift + 1)
  }
}
