import SpadeCost
import SpadeInput
import SpadeModel
import SpadeRuntime
import SpadeTools

/// A model that paints a map.
struct Trial {
  let path: String
  let labels: String
  let instances: String?

  /// One step of a measured frame.
  struct Step {
    let shape: StepShape
    let windows: StepWindows
    let milliseconds: Double
  }

  struct Frame {
    let milliseconds: Double
    let steps: [Step]

    /// Milliseconds on `machine`.
    func prediction(_ machine: Machine) -> Double {
      1e3 * steps.reduce(0) { $0 + machine.seconds($1.shape, windows: $1.windows) }
    }
  }

  var name: String { "\(path.split(separator: "/").last ?? "") \(labels.split(separator: "/").last ?? "")" }

  /// The frame with the median time of `runCount`.
  func frame(kernels: KernelSet, threadCount: Int, runCount: Int) throws(Failure) -> Frame {
    let file = try ModelFile(path: path)
    let reading = try LabelReading(for: NetworkInput(file.model), classes: [])
    let map = try reading.map(labels: labels, instances: instances)
    return try withRuntime(file.model, path: path, kernels: kernels, threadCount: threadCount) {
      (runtime) throws(Failure) in
      let style = [Float](file.model.testStyle)
      let profile = try FrameProfile(&runtime, map, style: style, path: path, runCount: runCount) { _ in }
      let run = profile.medianRun
      var steps: [Step] = []
      for (index, windows) in profile.windows.enumerated() {
        steps.append(
          Step(
            shape: StepShape(file.model.step(StepIndex(index)), file.model), windows: windows,
            milliseconds: run.milliseconds(step: index)))
      }
      return Frame(milliseconds: run.milliseconds, steps: steps)
    }
  }
}
