// Compares predicted times of pictures with measured ones.
//
//   spade-predictions <kernel set> <runs> <model.spade> <labels.png> [<instances.png> | -] ...
//
// Takes any number of models with a label map each. Times are predicted from the map and the file alone, with the rates that
// plans are made with: those are of one core with the set avx2.

import SpadeCost
import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

struct Trial {
  let name: String
  let measured: Double
  let predicted: Double

  var error: Double { abs(predicted / measured - 1) }
}

func trial(
  _ path: String, _ labels: String, _ instances: String?, kernels: KernelSet, threadCount: Int, runCount: Int
) throws(Failure) -> Trial {
  let file = try ModelFile(path: path)
  let reading = try LabelReading(for: NetworkInput(file.model), classes: [])
  let map = try reading.map(labels: labels, instances: instances)
  let machine = Machine.reference(threadCount: threadCount)
  return try withRuntime(file.model, path: path, kernels: kernels, threadCount: threadCount) {
    (runtime) throws(Failure) in
    let style = [Float](file.model.testStyle)
    let profile = try FrameProfile(&runtime, map, style: style, path: path, runCount: runCount) { _ in }
    let predicted = profile.windows.enumerated().reduce(0) {
      $0 + machine.seconds(StepShape(file.model.step(StepIndex($1.offset)), file.model), windows: $1.element)
    }
    return Trial(
      name:
        "\(path.split(separator: "/").last ?? "") \(labels.split(separator: "/").last ?? "") \(threadCount)",
      measured: profile.medianRun.milliseconds, predicted: predicted * 1e3)
  }
}

/// Spearman's coefficient.
func rankCorrelation(_ trials: [Trial]) -> Double {
  func ranks(_ value: (Trial) -> Double) -> [Double] {
    let order = trials.indices.sorted { value(trials[$0]) < value(trials[$1]) }
    var ranks = [Double](repeating: 0, count: trials.count)
    for (rank, index) in order.enumerated() { ranks[index] = Double(rank) }
    return ranks
  }
  let count = Double(trials.count)
  let differences = zip(ranks(\.measured), ranks(\.predicted)).reduce(0) {
    $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
  }
  return 1 - 6 * differences / (count * (count * count - 1))
}

func run(_ arguments: [String]) throws(Failure) {
  guard arguments.count >= 6, let runCount = Int(arguments[2]) else {
    throw Failure("Give a kernel set, runs, and then a model, a label map and an instance map or - each.")
  }
  let kernels = try KernelSet.named(arguments[1])
  var trials: [Trial] = []
  Standard.output(
    "model, map, threads".left(48) + "measured".right(10) + "predicted".right(11) + "error".right(9))
  for first in stride(from: 3, to: arguments.count - 2, by: 3) {
    for threadCount in [1, 2] {
      let instances = arguments[first + 2]
      let trial = try trial(
        arguments[first], arguments[first + 1], instances == "-" ? nil : instances, kernels: kernels,
        threadCount: threadCount, runCount: runCount)
      trials.append(trial)
      Standard.output(
        trial.name.left(48) + trial.measured.fixed(1).right(10) + trial.predicted.fixed(1).right(11)
          + "\((100 * (trial.predicted / trial.measured - 1)).fixed(1)) %".right(9))
    }
  }
  let errors = trials.map(\.error).sorted()
  Standard.output(
    "rank correlation \(rankCorrelation(trials).fixed(3)), median error \((100 * errors[errors.count / 2]).fixed(1)) %, "
      + "worst \((100 * errors[errors.count - 1]).fixed(1)) %")
}

do {
  try run(CommandLine.arguments)
} catch {
  Standard.error("spade-predictions: \(error.sentence)")
}
