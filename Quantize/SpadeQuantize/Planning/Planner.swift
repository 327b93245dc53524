import SpadeModel

/// Finds windows and places for a schedule.
struct Planner {
  let network: QuantizedNetwork
  /// One for each level: the windows of the calibration maps.
  let censuses: Indexed<Level, WindowCensus>

  /// The plan that follows `options`.
  func plan(_ options: PlanOptions) -> Plan {
    plan(options, Scheduler.schedule(network, options.schedule))
  }

  /// The plan of a schedule that was made with the same options.
  func plan(_ options: PlanOptions, _ schedule: Schedule) -> Plan {
    var buffers = BufferList()
    let tensors = Indexed<ActivationTensor, PlannedBuffer.Index>(
      network.tensors.indices.map { addTensor($0, schedule, to: &buffers) })
    let levels = Indexed<Level, PlannedLevel>(
      network.levels.indices.map { addLevel($0, schedule, options, to: &buffers) })
    let norms = Indexed<StoredNorm, PlannedNorm?>(
      network.norms.indices.map { addNorm($0, levels, to: &buffers) })
    let symbols = buffers.add(
      .symbols, byteCount: network.configuration.width * network.configuration.height * 2)
    let state = buffers.add(
      .state, byteCount: StateLayout.byteCount(levelCount: levels.count, normCount: norms.count))
    let workspaces = addWorkspaces(schedule.steps, options, to: &buffers)
    let style = styleCodeCount.map { buffers.add(.style, byteCount: 2 * $0) }
    var plan = Plan(
      steps: schedule.steps, buffers: List(), tensors: tensors, levels: levels, norms: norms,
      workspaces: workspaces, symbols: symbols, style: style, state: state,
      tapRowCapacity: tapRowCapacity(options), byteCount: 0)
    for step in plan.steps.indices { use(plan, at: step, in: &buffers) }
    for buffer in [symbols, state] {
      buffers.use(buffer, at: 0)
      buffers.use(buffer, at: plan.steps.count - 1)
    }
    (plan.buffers, plan.byteCount) = buffers.placed()
    return plan
  }

  private func addTensor(
    _ index: ActivationTensor.Index, _ schedule: Schedule, to buffers: inout BufferList
  ) -> PlannedBuffer.Index {
    let tensor = network.tensors[index]
    let rowCapacity = schedule.rowCapacity[index]
    let channels = ModelFormat.padded(tensor.channelCount, to: ModelFormat.channelBlock)
    let pixels = rowCapacity * tensor.width
    let byteCount =
      switch tensor.encoding {
      case .wide: pixels * channels * 2
      // Codes begin with the pixel outside.
      case .codes: (pixels + 1) * channels
      }
    return buffers.add(.tensor(index, rowCapacity: rowCapacity), byteCount: byteCount)
  }

  private func addLevel(
    _ index: Level.Index, _ schedule: Schedule, _ options: PlanOptions, to buffers: inout BufferList
  ) -> PlannedLevel {
    let level = network.levels[index]
    let share = isBanded(index, options.schedule) ? options.bandWindowShare : options.wholeWindowShare
    func capacity(_ census: Int, rows: Int) -> Int {
      let wanted = min(level.width * level.height, Int(Double(census) * share))
      return min(ModelFormat.windowLimit - 1, max(wanted, min(rows, level.height) * level.width))
    }
    let rows = schedule.requestedRows[index]
    let radius = network.configuration.kernelSize / 2
    let inner = capacity(censuses[index].inner, rows: rows + 2 * radius)
    let outer = capacity(censuses[index].outer, rows: rows)
    let layout = LevelLayout(
      width: level.width, height: level.height, innerCapacity: inner, outerCapacity: outer)
    return PlannedLevel(
      innerCapacity: inner, outerCapacity: outer,
      buffer: buffers.add(.windows(index), byteCount: layout.byteCount))
  }

  /// Whether a level's windows serve a banded block, and so live from band to band.
  private func isBanded(_ level: Level.Index, _ options: ScheduleOptions) -> Bool {
    network.stages.contains { stage in
      guard case .modulate(let modulation) = stage.operation else { return false }
      return options.isBanded(stage) && network.norms[modulation.norm].level == level
    }
  }

  private func addNorm(
    _ index: StoredNorm.Index, _ levels: Indexed<Level, PlannedLevel>, to buffers: inout BufferList
  ) -> PlannedNorm? {
    let norm = network.norms[index]
    guard case .windows(let level, let table, _) = norm.source else { return nil }
    let capacity = levels[level]
    let hidden = (1 + capacity.innerCapacity) * network.tables[table].channels
    return PlannedNorm(
      hidden: buffers.add(.hidden(index), byteCount: hidden),
      affine: buffers.add(.affine(index), byteCount: capacity.outerCapacity * norm.channels * 4))
  }

  /// Gives the convolutions that can run in tiles a place for their transformed codes: one for all bands, and for a whole
  /// tensor one of its own, since that lives for one step.
  private func addWorkspaces(
    _ steps: [ScheduledStep], _ options: PlanOptions, to buffers: inout BufferList
  ) -> [PlannedBuffer.Index?] {
    var workspaces = [PlannedBuffer.Index?](repeating: nil, count: steps.count)
    var bands: [Int] = []
    var bandByteCount = 0
    for index in steps.indices {
      guard let tiles = TiledConvolution(steps[index], network, options) else { continue }
      if tiles.isWhole {
        workspaces[index] = buffers.add(.workspace, byteCount: tiles.workspaceByteCount)
      } else {
        bands.append(index)
        bandByteCount = max(bandByteCount, tiles.workspaceByteCount)
      }
    }
    guard !bands.isEmpty else { return workspaces }
    let workspace = buffers.add(.workspace, byteCount: bandByteCount)
    for index in bands { workspaces[index] = workspace }
    return workspaces
  }

  /// Codes of the style vector, padded, where the network reads one.
  private var styleCodeCount: Int? {
    for stage in network.stages {
      if case .styleFirst(let product, _) = stage.operation { return network.products[product].depth }
    }
    return nil
  }

  private func tapRowCapacity(_ options: PlanOptions) -> Int {
    guard network.configuration.kernelSize > 1 else { return 0 }
    let most = (censuses.map(\.inner).max() ?? 0) + 1
    return min(ModelFormat.windowLimit, Int(Double(most) * options.tapShare))
  }

  /// Marks the buffers that a step reads or writes.
  private func use(_ plan: Plan, at step: Int, in buffers: inout BufferList) {
    switch plan.steps[step].action {
    case .windows(let level): buffers.use(plan.levels[level].buffer, at: step)
    case .hidden(let index):
      guard let norm = plan.norms[index] else { return }
      buffers.use(norm.hidden, at: step)
    case .affine(let index):
      guard let norm = plan.norms[index] else { return }
      buffers.use(norm.hidden, at: step)
      buffers.use(norm.affine, at: step)
    case .stage:
      if let workspace = plan.workspaces[step] { buffers.use(workspace, at: step) }
      use(network.stages[plan.steps[step].stage].operation, plan, at: step, in: &buffers)
    }
  }

  private func use(_ operation: StageOperation, _ plan: Plan, at step: Int, in buffers: inout BufferList) {
    if let input = operation.input { buffers.use(plan.tensors[input], at: step) }
    if let output = operation.output { buffers.use(plan.tensors[output], at: step) }
    switch operation {
    case .labelFirst, .normalize, .picture: break
    case .styleFirst:
      if let style = plan.style { buffers.use(style, at: step) }
    case .convolve(let convolution):
      if let residual = convolution.residual { buffers.use(plan.tensors[residual.tensor], at: step) }
    case .modulate(let modulation):
      guard let level = network.norms[modulation.norm].level, let norm = plan.norms[modulation.norm] else {
        return
      }
      buffers.use(norm.affine, at: step)
      buffers.use(plan.levels[level].buffer, at: step)
    }
  }
}
