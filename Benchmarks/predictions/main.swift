// Compares predicted times of pictures with measured ones.
//
//   spade-predictions <kernel set> <runs> [fit <model.spade> <labels.png> <instances.png | -> ...]
//                     test <model.spade> <labels.png> <instances.png | -> ...
//
// The pictures after `test` are painted with 1 and 2 threads, all of them in turn and three times, of which the fastest counts: others
// may use the machine. They are predicted from the map and the file alone. The rates come from
// the steps of the pictures after `fit`, painted with one thread, and are printed; without `fit` they are those that plans are
// made with, of one core with the set avx2.

import SpadeCost
import SpadeQuantize
import SpadeRuntime
import SpadeTools

struct Comparison {
  let measured: Double
  let predicted: Double

  var error: Double { predicted / measured - 1 }
}

/// Spearman's coefficient.
func rankCorrelation(_ comparisons: [Comparison]) -> Double {
  func ranks(_ value: (Comparison) -> Double) -> [Double] {
    let order = comparisons.indices.sorted { value(comparisons[$0]) < value(comparisons[$1]) }
    var ranks = [Double](repeating: 0, count: comparisons.count)
    for (rank, index) in order.enumerated() { ranks[index] = Double(rank) }
    return ranks
  }
  let count = Double(comparisons.count)
  let differences = zip(ranks(\.measured), ranks(\.predicted)).reduce(0) {
    $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
  }
  return 1 - 6 * differences / (count * (count * count - 1))
}

/// Of all trials.
let roundCount = 3

func trials(_ arguments: ArraySlice<String>) throws(Failure) -> [Trial] {
  guard arguments.count.isMultiple(of: 3) else {
    throw Failure("Give a model, a label map, and an instance map or - each.")
  }
  return stride(from: arguments.startIndex, to: arguments.endIndex, by: 3).map {
    Trial(
      path: arguments[$0], labels: arguments[$0 + 1],
      instances: arguments[$0 + 2] == "-" ? nil : arguments[$0 + 2])
  }
}

/// One thread, as fast as the trials say.
func fittedMachine(_ trials: [Trial], kernels: KernelSet, runCount: Int) throws(Failure) -> Machine {
  var fit = RateFit(known: Machine.reference(threadCount: 1))
  for trial in trials { fit.add(try trial.frame(kernels: kernels, threadCount: 1, runCount: runCount)) }
  Standard.output("rates: \(fit.description)")
  return fit.machine
}

func run(_ arguments: [String]) throws(Failure) {
  guard arguments.count > 3, let runCount = Int(arguments[2]), runCount > 0,
    let test = arguments.firstIndex(of: "test"), test == 3 || arguments[3] == "fit"
  else {
    throw Failure("Give a kernel set, runs, `fit` with pictures if you like, and `test` with pictures.")
  }
  let kernels = try KernelSet.named(arguments[1])
  var machine = Machine.reference(threadCount: 1)
  if test > 3 {
    machine = try fittedMachine(trials(arguments[4..<test]), kernels: kernels, runCount: runCount)
  }
  let trials = try trials(arguments[(test + 1)...])
  var comparisons: [Comparison?] = Array(repeating: nil, count: 2 * trials.count)
  for _ in 0..<roundCount {
    for index in comparisons.indices {
      machine.threadCount = 1 + index % 2
      let frame = try trials[index / 2].frame(
        kernels: kernels, threadCount: machine.threadCount, runCount: runCount)
      guard frame.milliseconds < comparisons[index]?.measured ?? .infinity else { continue }
      comparisons[index] = Comparison(
        measured: frame.milliseconds, predicted: frame.prediction(machine))
    }
  }
  report(comparisons.compactMap { $0 }, trials)
}

func report(_ comparisons: [Comparison], _ trials: [Trial]) {
  Standard.output(
    "model, map, threads".left(48) + "measured".right(10) + "predicted".right(11) + "error".right(9))
  for (index, comparison) in comparisons.enumerated() {
    Standard.output(
      "\(trials[index / 2].name) \(1 + index % 2)".left(48) + comparison.measured.fixed(1).right(10)
        + comparison.predicted.fixed(1).right(11) + "\((100 * comparison.error).fixed(1)) %".right(9))
  }
  let errors = comparisons.map { abs($0.error) }.sorted()
  guard let worst = errors.last else { return }
  Standard.output(
    "rank correlation \(rankCorrelation(comparisons).fixed(3)), median error \((100 * errors[errors.count / 2]).fixed(1)) %, "
      + "worst \((100 * worst).fixed(1)) %")
}

do {
  try run(CommandLine.arguments)
} catch {
  Standard.error("spade-predictions: \(error.sentence)")
}
