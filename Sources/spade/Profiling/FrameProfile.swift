import SpadeModel
import SpadeQuantize
import SpadeRuntime

/// Frames of one input, timed step by step.
struct FrameProfile {
  struct Run {
    let start: UInt64
    /// When the input was taken and the first step began.
    let begun: UInt64
    /// When each step ended.
    let stepEnds: [UInt64]
    let end: UInt64

    var milliseconds: Double { Double(end - start) / 1e6 }
    var inputMilliseconds: Double { Double(begun - start) / 1e6 }

    func stepStart(_ step: Int) -> UInt64 { step == 0 ? begun : stepEnds[step - 1] }
    func milliseconds(step: Int) -> Double { Double(stepEnds[step] - stepStart(step)) / 1e6 }
  }

  /// The windows of a resolution while the frame ran.
  struct Level {
    /// The largest numbers known at once.
    var inner = 0
    var outer = 0
    /// Windows whose γ and β were made, over the frame, for the norm that made most: more than there are distinct ones
    /// when some were forgotten and met again.
    var madeCount = 0
  }

  let runs: [Run]
  /// Of each step.
  let costs: [StepCost]
  /// Of each of the model's levels.
  let levels: [Level]
  /// Page faults during the runs.
  let minorFaultCount: Int
  let majorFaultCount: Int

  /// The run whose frame has the median time.
  var medianRun: Run {
    let order = runs.indices.sorted { runs[$0].milliseconds < runs[$1].milliseconds }
    return runs[order[(order.count - 1) / 2]]
  }

  /// Runs one frame to warm up and to count, then `runCount` to time.
  init(
    _ runtime: inout Runtime, _ map: LabelMap, style: [Float], runCount: Int, progress: (String) -> Void
  ) throws {
    progress("warming up")
    (costs, levels) = try Self.count(&runtime, map, style)
    var runs: [Run] = []
    let before = ProcessUse()
    for run in 0..<runCount {
      progress("running frame \(run + 1) of \(runCount)")
      runs.append(try Self.run(&runtime, map, style))
    }
    let after = ProcessUse()
    minorFaultCount = after.minorFaultCount - before.minorFaultCount
    majorFaultCount = after.majorFaultCount - before.majorFaultCount
    self.runs = runs
  }

  private static func run(_ runtime: inout Runtime, _ map: LabelMap, _ style: [Float]) throws -> Run {
    var ends = [UInt64](repeating: 0, count: runtime.model.stepCount)
    let frame = try runtime.frame(map, style: style) { _, step in ends[step] = monotonicTime() }
    return Run(start: frame.start, begun: frame.begun, stepEnds: ends, end: frame.end)
  }

  /// What one frame has to do, counted while it runs.
  static func count(
    _ runtime: inout Runtime, _ map: LabelMap, _ style: [Float]
  ) throws -> (costs: [StepCost], levels: [Level]) {
    let model = runtime.model
    var products: [UInt64] = []
    var windows: [(inner: Int, outer: Int)] = []
    _ = try runtime.frame(map, style: style) { runtime, step in
      products.append(runtime.productCount)
      windows.append(model.levelIndex(model.step(step)).map { runtime.windowCounts(level: $0) } ?? (0, 0))
    }
    var costs: [StepCost] = []
    var levels = [Level](repeating: Level(), count: model.levelCount)
    var made = [Int](repeating: 0, count: model.normCount)
    for index in 0..<model.stepCount {
      let step = model.step(index)
      func done(_ step: Int) -> UInt64 {
        step < products.count ? products[step] - (step == 0 ? 0 : products[step - 1]) : 0
      }
      // A layer's `affine` follows its `hidden`, and both do something or neither.
      let isMade = done(step.kind == StepKind.hidden.rawValue ? index + 1 : index) > 0
      costs.append(
        StepCost(step, model, productCount: done(index), windows: windows[index], isMade: isMade))
      guard let level = model.levelIndex(step) else { continue }
      levels[level].inner = max(levels[level].inner, windows[index].inner)
      levels[level].outer = max(levels[level].outer, windows[index].outer)
      if step.kind == StepKind.affine.rawValue, isMade {
        made[Int(step.operand)] += windows[index].outer
        levels[level].madeCount = max(levels[level].madeCount, made[Int(step.operand)])
      }
    }
    return (costs, levels)
  }
}

extension Model {
  /// The level whose windows a step reads or writes.
  fileprivate func levelIndex(_ step: StepRecord) -> Int? {
    // Safe: the loader accepts known kinds only.
    switch StepKind(rawValue: step.kind).unsafelyUnwrapped {
    case .windows: return Int(step.operand)
    case .hidden, .affine, .modulate:
      let level = norm(Int(step.operand)).level
      return level == ModelFormat.none ? nil : Int(level)
    default: return nil
    }
  }
}
