import SpadeModel

/// Finds windows and places for a schedule.
struct Planner {
  let network: QuantizedNetwork

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
    let style = styleByteCount.map { buffers.add(.style, byteCount: $0) }
    let biases = Indexed<StoredTable, PlannedBuffer.Index?>(
      network.tables.indices.map { addStyleBias($0, to: &buffers) })
    var plan = Plan(
      steps: schedule.steps, buffers: List(), tensors: tensors, levels: levels, norms: norms, biases: biases,
      workspaces: workspaces, symbols: symbols, style: style, state: state,
      tapRowCapacity: options.tapRowCapacity, byteCount: 0)
    for step in plan.steps.indices { use(plan, at: step, in: &buffers) }
    if let style {
      // Its codes are there before the first step.
      buffers.use(style, at: 0)
    }
    for buffer in [symbols, state] + keptBuffers(plan, options) {
      buffers.use(buffer, at: 0)
      buffers.use(buffer, at: plan.steps.count - 1)
    }
    (plan.buffers, plan.byteCount) = buffers.placed()
    return plan
  }

  private func keptBuffers(_ plan: Plan, _ options: PlanOptions) -> [PlannedBuffer.Index] {
    var buffers: [PlannedBuffer.Index] = []
    for index in network.norms.indices where options.keptNorms.contains(index) {
      guard let level = network.norms[index].level, let norm = plan.norms[index] else { continue }
      buffers += [norm.affine, plan.levels[level].buffer]
    }
    return buffers
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
      case .fineCodes: (pixels + 1) * channels * 2
      }
    return buffers.add(.tensor(index, rowCapacity: rowCapacity), byteCount: byteCount)
  }

  private func addLevel(
    _ index: Level.Index, _ schedule: Schedule, _ options: PlanOptions, to buffers: inout BufferList
  ) -> PlannedLevel {
    let level = network.levels[index]
    let capacity = options.windows[index].holding(
      rowCount: schedule.requestedRows[index], of: level, radius: network.configuration.kernelSize / 2)
    return PlannedLevel(
      innerCapacity: capacity.inner, outerCapacity: capacity.outer,
      buffer: buffers.add(.windows(index), byteCount: byteCount(.windows(index), of: index, capacity) ?? 0))
  }

  /// Bytes of a buffer that a level or its norms use, a multiple of 64; `nil` for others.
  func byteCount(
    _ contents: PlannedBuffer.Contents, of level: Level.Index, _ capacity: WindowCapacity
  ) -> Int? {
    let byteCount: Int
    switch contents {
    case .windows(level):
      let level = network.levels[level]
      byteCount =
        LevelLayout(
          width: level.width, height: level.height, innerCapacity: capacity.inner,
          outerCapacity: capacity.outer
        ).byteCount
    case .hidden(let norm):
      guard let windows = network.norms[norm].windows, windows.level == level else { return nil }
      let channels = network.tables[windows.hidden].channels
      byteCount =
        windows.features == nil
        ? (1 + capacity.inner) * channels
        : MomentLayout(
          hiddenCount: channels, innerCapacity: capacity.inner, outerCapacity: capacity.outer
        ).byteCount
    case .affine(let norm):
      guard network.norms[norm].level == level else { return nil }
      byteCount = capacity.outer * network.norms[norm].channels * 4
    default: return nil
    }
    return ModelFormat.padded(byteCount, to: ModelFormat.alignment)
  }

  private func addNorm(
    _ index: StoredNorm.Index, _ levels: Indexed<Level, PlannedLevel>, to buffers: inout BufferList
  ) -> PlannedNorm? {
    guard let level = network.norms[index].level else { return nil }
    let capacity = WindowCapacity(inner: levels[level].innerCapacity, outer: levels[level].outerCapacity)
    func add(_ contents: PlannedBuffer.Contents) -> PlannedBuffer.Index {
      buffers.add(contents, byteCount: byteCount(contents, of: level, capacity) ?? 0)
    }
    return PlannedNorm(hidden: add(.hidden(index)), affine: add(.affine(index)))
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
      let count = options.tileCounts[steps[index].stage]
      guard count > 0, let tiles = TiledConvolution(steps[index], network) else { continue }
      if tiles.isWhole {
        workspaces[index] = buffers.add(.workspace, byteCount: tiles.workspaceByteCount(count))
      } else {
        bands.append(index)
        bandByteCount = max(bandByteCount, tiles.workspaceByteCount(count))
      }
    }
    guard !bands.isEmpty else { return workspaces }
    let workspace = buffers.add(.workspace, byteCount: bandByteCount)
    for index in bands { workspaces[index] = workspace }
    return workspaces
  }

  /// Of the style's rows of codes, where the network reads one: high and low parts, then zeros where it goes along with the labels.
  private var styleByteCount: Int? {
    for stage in network.stages {
      if case .styleFirst(let product, _) = stage.operation { return 2 * network.products[product].depth }
    }
    for table in network.tables {
      if let style = table.style { return 3 * network.products[style].depth }
    }
    return nil
  }

  private func addStyleBias(
    _ index: StoredTable.Index, to buffers: inout BufferList
  ) -> PlannedBuffer.Index? {
    let table = network.tables[index]
    guard table.style != nil else { return nil }
    let kinds = ModelFormat.borderKindCount(kernelSize: table.kernelSize)
    return buffers.add(.styleBias(index), byteCount: kinds * table.channels * 2)
  }

  /// Marks the buffers that a step reads or writes.
  private func use(_ plan: Plan, at step: Int, in buffers: inout BufferList) {
    switch plan.steps[step].action {
    case .windows(let level): buffers.use(plan.levels[level].buffer, at: step)
    case .hidden(let index):
      guard let norm = plan.norms[index] else { return }
      buffers.use(norm.hidden, at: step)
      guard let table = network.norms[index].windows?.hidden else { return }
      if let bias = plan.biases[table] { buffers.use(bias, at: step) }
    case .styleBias(let table):
      if let style = plan.style { buffers.use(style, at: step) }
      if let bias = plan.biases[table] { buffers.use(bias, at: step) }
    case .affine(let index):
      guard let norm = plan.norms[index] else { return }
      buffers.use(norm.hidden, at: step)
      buffers.use(norm.affine, at: step)
    case .statistics(let index):
      guard let level = network.norms[index].level, let norm = plan.norms[index] else { return }
      buffers.use(plan.levels[level].buffer, at: step)
      buffers.use(norm.hidden, at: step)
    case .stage:
      if let workspace = plan.workspaces[step] { buffers.use(workspace, at: step) }
      use(network.stages[plan.steps[step].stage].operation, plan, at: step, in: &buffers)
    }
  }

  private func use(_ operation: StageOperation, _ plan: Plan, at step: Int, in buffers: inout BufferList) {
    if let input = operation.input { buffers.use(plan.tensors[input], at: step) }
    if let output = operation.output { buffers.use(plan.tensors[output], at: step) }
    switch operation {
    case .normalize, .picture: break
    case .labelFirst(let table, _):
      if let bias = plan.biases[table] { buffers.use(bias, at: step) }
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
