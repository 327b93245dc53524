import SpadeModel

/// Finds rows, windows and places for a quantised network.
struct Planner {
  let network: QuantizedNetwork
  /// One for each level: the windows of the calibration maps.
  let censuses: [WindowCensus]

  /// The plan that follows `options`.
  func plan(_ options: PlanOptions) -> Plan {
    var scheduler = Scheduler(network, options: options)
    scheduler.run()
    return plan(options, scheduler)
  }

  /// Gives a schedule its buffers and their places.
  func plan(_ options: PlanOptions, _ scheduler: Scheduler) -> Plan {
    var steps = scheduler.steps
    var planner = MemoryPlanner()
    var names = scheduler.network.names
    let tensorBuffers = network.tensors.indices.map {
      planner.add(buffer(network.tensors[$0], rowCapacity: scheduler.rowCapacity[$0], names: &names))
    }
    let levels = addLevels(scheduler, options, to: &planner, &names)
    let norms = addNorms(levels, to: &planner, &names)
    let symbols = planner.add(
      raw(network.configuration.width * network.configuration.height * 2, name: names.index("symbols")))
    let state = planner.add(
      raw(StateLayout.byteCount(levelCount: levels.count, normCount: norms.count), name: names.index("state"))
    )

    addWorkspaces(to: &steps, options, in: &planner, &names)

    for index in steps.indices {
      if steps[index].kind != StepKind.windows.rawValue {
        steps[index].input = mapped(steps[index].input, tensorBuffers)
        steps[index].output = mapped(steps[index].output, tensorBuffers)
        steps[index].residual = mapped(steps[index].residual, tensorBuffers)
      }
      if steps[index].kind == StepKind.styleFirst.rawValue {
        let product = network.products[Int(steps[index].operand)]
        steps[index].input = planner.add(raw(2 * Int(product.depth), name: names.index("style")))
      }
      use(steps[index], at: index, levels, norms, in: &planner)
    }
    for buffer in [symbols, state] {
      planner.use(buffer, at: 0)
      planner.use(buffer, at: steps.count - 1)
    }
    let byteCount = planner.place()
    let taps = network.configuration.kernelSize * network.configuration.kernelSize
    let most = (censuses.map(\.inner).max() ?? 0) + 1
    let tapRows = taps == 1 ? 0 : min(ModelFormat.windowLimit, Int(Double(most) * options.tapShare))
    let usesWinograd = steps.contains { $0.workspace != ModelFormat.none }
    let scratch = ScratchLayout(tapCount: Int(taps), tapRowCapacity: tapRows, usesTiles: usesWinograd)
    return Plan(
      options: options, buffers: planner.buffers, levels: levels, norms: norms, steps: steps,
      names: names.names,
      symbolBuffer: Int(symbols), stateBuffer: Int(state), tapRowCapacity: tapRows, byteCount: byteCount,
      usesWinograd: usesWinograd,
      threadByteCount: scratch.byteCount - ScratchLayout.tapTable)
  }

  private func mapped(_ tensor: UInt32, _ buffers: [UInt32]) -> UInt32 {
    tensor == ModelFormat.none ? tensor : buffers[Int(tensor)]
  }

  /// Gives the convolutions that can run in tiles a place for their transformed codes: one for all bands, and for a whole
  /// tensor one of its own, since that lives for one step.
  private func addWorkspaces(
    to steps: inout [StepRecord], _ options: PlanOptions, in planner: inout MemoryPlanner,
    _ names: inout NameTable
  ) {
    var bands: [Int] = []
    var bandByteCount = 0
    for index in steps.indices {
      guard let tiles = TiledConvolution(steps[index], network, options) else { continue }
      if tiles.isWhole {
        steps[index].workspace = planner.add(raw(tiles.workspaceByteCount, name: names.index("workspace")))
      } else {
        bands.append(index)
        bandByteCount = max(bandByteCount, tiles.workspaceByteCount)
      }
    }
    guard !bands.isEmpty else { return }
    let workspace = planner.add(raw(bandByteCount, name: names.index("workspace")))
    for index in bands { steps[index].workspace = workspace }
  }

  private func buffer(_ tensor: PlannedTensor, rowCapacity: Int, names: inout NameTable) -> BufferRecord {
    let channels = ModelFormat.padded(tensor.channels, to: ModelFormat.channelBlock)
    let pixels = rowCapacity * tensor.width
    var record = raw(
      tensor.kind == .wide ? pixels * channels * 2 : (pixels + 1) * channels, name: names.index(tensor.name))
    record.kind = tensor.kind.rawValue
    record.rowCapacity = UInt32(rowCapacity)
    record.width = UInt32(tensor.width)
    record.height = UInt32(tensor.height)
    record.channels = UInt32(channels)
    record.usedChannels = UInt32(tensor.channels)
    record.scale = tensor.scale
    return record
  }

  private func raw(_ byteCount: Int, name: UInt32) -> BufferRecord {
    var record = BufferRecord()
    record.name = name
    record.byteCount = UInt32(ModelFormat.padded(byteCount, to: ModelFormat.alignment))
    record.kind = BufferKind.raw.rawValue
    record.firstStep = UInt32.max
    return record
  }

  private func addLevels(
    _ scheduler: Scheduler, _ options: PlanOptions, to planner: inout MemoryPlanner, _ names: inout NameTable
  ) -> [LevelRecord] {
    let radius = network.configuration.kernelSize / 2
    return network.levels.indices.map { index in
      var level = network.levels[index]
      let width = Int(level.width)
      let height = Int(level.height)
      let rows = scheduler.requestedRows[index]
      let pixels = width * height
      let limit = ModelFormat.windowLimit - 1
      let share = isBanded(index, options) ? options.bandWindowShare : options.wholeWindowShare
      func capacity(_ census: Int, rows: Int) -> UInt32 {
        let wanted = min(pixels, Int(Double(census) * share))
        return UInt32(min(limit, max(wanted, min(rows, height) * width)))
      }
      level.outerCapacity = capacity(censuses[index].outer, rows: rows)
      level.innerCapacity = capacity(censuses[index].inner, rows: rows + 2 * radius)
      level.buffer = planner.add(
        raw(LevelLayout(level).byteCount, name: names.index("windows \(level.width)x\(level.height)")))
      return level
    }
  }

  private func addNorms(
    _ levels: [LevelRecord], to planner: inout MemoryPlanner, _ names: inout NameTable
  ) -> [NormRecord] {
    network.norms.map { norm in
      guard norm.level != ModelFormat.none else { return norm }
      var norm = norm
      let level = levels[Int(norm.level)]
      let hidden = Int(network.tables[Int(norm.table)].channels)
      let name = names.names[Int(norm.name)]
      norm.hiddenBuffer = planner.add(
        raw((1 + Int(level.innerCapacity)) * hidden, name: names.index(name + ".hidden")))
      norm.affineBuffer = planner.add(
        raw(Int(level.outerCapacity) * Int(norm.channels) * 4, name: names.index(name + ".affine")))
      return norm
    }
  }

  private func use(
    _ step: StepRecord, at index: Int, _ levels: [LevelRecord], _ norms: [NormRecord],
    in planner: inout MemoryPlanner
  ) {
    for buffer in [step.input, step.output, step.residual, step.workspace] where buffer != ModelFormat.none {
      planner.use(buffer, at: index)
    }
    // Safe: the scheduler writes known kinds only.
    switch StepKind(rawValue: step.kind).unsafelyUnwrapped {
    case .windows: planner.use(levels[Int(step.operand)].buffer, at: index)
    case .hidden: planner.use(norms[Int(step.operand)].hiddenBuffer, at: index)
    case .affine:
      planner.use(norms[Int(step.operand)].hiddenBuffer, at: index)
      planner.use(norms[Int(step.operand)].affineBuffer, at: index)
    case .modulate where norms[Int(step.operand)].level != ModelFormat.none:
      let norm = norms[Int(step.operand)]
      planner.use(norm.affineBuffer, at: index)
      planner.use(levels[Int(norm.level)].buffer, at: index)
    default: break
    }
  }

  /// Whether a level's windows serve a banded block, and so live from band to band.
  private func isBanded(_ level: Int, _ options: PlanOptions) -> Bool {
    network.stages.contains { stage in
      guard case .modulate(let norm, _) = stage.operation, stage.blockIndex >= options.firstBandedBlock else {
        return false
      }
      return Int(network.norms[norm].level) == level
    }
  }
}
