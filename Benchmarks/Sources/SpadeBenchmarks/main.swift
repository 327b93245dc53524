import Benchmark
import CSpadeKernels
import Foundation
import SpadeRuntime

/// Of one iteration of a benchmark.
struct Work {
  var count: Int
  /// Multiply-adds a second at best, where the work is multiply-adds.
  var peak: Double?
}

var work: [String: Work] = [:]

func key(_ result: BenchmarkResult) -> String { "\(result.suiteName).\(result.benchmarkName)" }

/// Units of work a second where an iteration takes so many nanoseconds.
func rate(_ result: BenchmarkResult, _ time: Double?) -> Double {
  guard let work = work[key(result)], let time, time > 0 else { return 0 }
  return Double(work.count) / time * 1e9
}

func median(_ result: BenchmarkResult) -> Double? {
  result.measurements.isEmpty ? nil : result.measurements.sorted()[(result.measurements.count - 1) / 2]
}

BenchmarkColumn.register(
  BenchmarkColumn(name: "G/s", value: { rate($0, median($0)) / 1e9 }) { value, _ in
    String(format: "%.2f", value)
  })
BenchmarkColumn.register(
  BenchmarkColumn(name: "best", value: { rate($0, $0.measurements.min()) / 1e9 }) { value, _ in
    String(format: "%.2f", value)
  })
// 0 where there is no peak, because JSON has no way to say nothing.
BenchmarkColumn.register(
  BenchmarkColumn(
    name: "of peak",
    value: { result in
      work[key(result)]?.peak.map { rate(result, result.measurements.min()) / $0 * 100 } ?? 0
    }
  ) { value, _ in value == 0 ? "" : String(format: "%.1f %%", value) })

func note(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }

let environment = ProcessInfo.processInfo.environment
var suites: [BenchmarkSuite] = []
let supported = (0..<KernelSet.count).compactMap { KernelSet.supported(at: $0) }

note("measured peaks of one core, from registers:")
for kernels in supported {
  let name = String(cString: KernelSet.name(at: kernels.index))
  var peaks: [String: Double] = [:]
  for peak in ["", " tiles"] {
    peaks[peak] = Peak.measure(name + peak)
    if let rate = peaks[peak] {
      note("  \(name)\(peak): \(String(format: "%.1f", rate / 1e9)) G multiply-adds/s")
    }
  }
  guard let set = spade_kernel_set_at(kernels.index) else { continue }
  let suite = BenchmarkSuite(name: name)
  for kernel in KernelCase.all {
    guard let run = kernel.prepare(set) else { continue }
    work["\(name).\(kernel.name)"] = Work(count: kernel.work, peak: kernel.peak.flatMap { peaks[$0] })
    suite.benchmark(kernel.name) { run() }
  }
  suites.append(suite)
}

if let model = environment["SPADE_MODEL"] {
  let suite = BenchmarkSuite(name: "network")
  let threadCounts = (environment["SPADE_THREADS"] ?? "1,2").split(separator: ",").compactMap { Int($0) }
  for threadCount in threadCounts {
    let kernels = KernelSet.best
    let network = try Network(
      model: model, labels: environment["SPADE_LABELS"], instances: environment["SPADE_INSTANCES"],
      kernels: kernels, threadCount: threadCount)
    try network.run()
    let name = "\(String(cString: KernelSet.name(at: kernels.index))) \(threadCount) threads"
    work["network.\(name)"] = Work(count: network.productCount)
    suite.benchmark(name) { try network.run() }
  }
  suites.append(suite)
}

Benchmark.main(
  suites,
  customDefaults: [
    MinTime(seconds: 0.2), Columns(["name", "time", "min", "iterations", "G/s", "best", "of peak"]),
    TimeUnit(.us),
  ])
