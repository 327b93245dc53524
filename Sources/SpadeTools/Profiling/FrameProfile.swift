import SpadeCost
import SpadeInput
import SpadeModel
import SpadeRuntime

/// Frames of one input, timed step by step.
package struct FrameProfile {
  package struct Run {
    package let start: UInt64
    /// When the input was taken and the first step began.
    package let begun: UInt64
    /// When each step ended.
    package let stepEnds: [UInt64]
    package let end: UInt64

    package var milliseconds: Double { Double(end - start) / 1e6 }
    package var inputMilliseconds: Double { Double(begun - start) / 1e6 }

    package func stepStart(_ step: Int) -> UInt64 { step == 0 ? begun : stepEnds[step - 1] }
    package func milliseconds(step: Int) -> Double { Double(stepEnds[step] - stepStart(step)) / 1e6 }
  }

  /// The windows of a resolution while the frame ran.
  package struct Level {
    /// The largest numbers known at once.
    package var inner = 0
    package var outer = 0
    /// Windows whose γ and β were made, over the frame, for the norm that made most: more than there are distinct ones
    /// when some were forgotten and met again.
    package var madeCount = 0
  }

  /// What one frame had to do.
  package struct Count {
    /// Of each step, with the kernels that ran it.
    package let costs: [StepCost]
    /// What each step met, with any kernels.
    package let windows: [StepWindows]
    /// Of each of the model's levels.
    package let levels: [Level]
  }

  package let runs: [Run]
  /// Of each step.
  package let costs: [StepCost]
  package let windows: [StepWindows]
  /// Of each of the model's levels.
  package let levels: [Level]
  /// Page faults during the runs.
  package let minorFaultCount: Int
  package let majorFaultCount: Int

  /// The run whose frame has the median time.
  package var medianRun: Run {
    let order = runs.indices.sorted { runs[$0].milliseconds < runs[$1].milliseconds }
    return runs[order[(order.count - 1) / 2]]
  }

  /// Runs one frame to warm up and to count, then `runCount` to time.
  /// - Parameter path: The model's, for messages.
  package init(
    _ runtime: inout Runtime, _ map: LabelMap, style: [Float], path: String, runCount: Int,
    progress: (String) -> Void
  ) throws(Failure) {
    progress("warming up")
    let count = try Self.count(&runtime, map, style: style, path: path) { _ in }
    (costs, windows, levels) = (count.costs, count.windows, count.levels)
    var runs: [Run] = []
    let before = ProcessUse()
    for run in 0..<runCount {
      progress("running frame \(run + 1) of \(runCount)")
      runs.append(try Self.run(&runtime, map, style: style, path: path))
    }
    let after = ProcessUse()
    minorFaultCount = after.minorFaultCount - before.minorFaultCount
    majorFaultCount = after.majorFaultCount - before.majorFaultCount
    self.runs = runs
  }

  private static func run(
    _ runtime: inout Runtime, _ map: LabelMap, style: [Float], path: String
  ) throws(Failure) -> Run {
    var ends = [UInt64](repeating: 0, count: runtime.model.stepCount)
    runtime.forgetMap()
    let frame = try runtime.frame(map, style: style, path: path) { _, step in ends[step] = monotonicTime() }
    return Run(start: frame.start, begun: frame.begun, stepEnds: ends, end: frame.end)
  }

  /// What one frame of a model file has to do, with this computer's best kernels.
  package static func count(
    of file: ModelFile, _ map: LabelMap, style: [Float], observe: @escaping (Int) -> Void
  ) throws(Failure) -> Count {
    try withRuntime(file.model, path: file.path, kernels: .best, threadCount: ThreadCount.standard) {
      (runtime) throws(Failure) in
      try count(&runtime, map, style: style, path: file.path, observe: observe)
    }
  }

  /// What one frame has to do, counted while it runs.
  package static func count(
    _ runtime: inout Runtime, _ map: LabelMap, style: [Float], path: String,
    observe: @escaping (Int) -> Void
  ) throws(Failure) -> Count {
    let model = runtime.model
    var met = MetWindows(model)
    runtime.forgetMap()
    _ = try runtime.frame(map, style: style, path: path) { runtime, step in
      observe(step)
      met.look(at: runtime, after: step)
    }
    let costs = (0..<model.stepCount).map { index in
      StepCost(
        StepShape(model.step(StepIndex(index)), model), windows: met.steps[index],
        rowsPerTile: runtime.kernels.rowsPerTile)
    }
    return Count(costs: costs, windows: met.steps, levels: met.levels)
  }
}
