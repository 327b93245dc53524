import ArgumentParser
import SpadeInput
import SpadeRuntime
import SpadeTools

struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows where the time of a picture goes, step by step.",
    discussion: """
      Paints a label map several times, times every step, and prints a table. For each kind of step within a layer (all \
      bands together) and for each block it gives the median time and the spread over the runs, the share of the frame, \
      the multiply-adds of dense convolutions of the one-hot map and the products done for this map with the model's plan, \
      counted as in spade inspect, billions of the latter per second, that rate as a share of the best this CPU can do, and the \
      bytes moved. The best is measured at the start: the same kernel over operands in the first-level cache, on as many \
      threads. Bytes are an estimate: everything a step reads or writes, once.

      Below the table: distinct windows of labels at each resolution, how full the arena is during the steps, memory, page \
      faults, and the clock, temperature and throttling where the system shows them.

        spade profile coco.spade labels.png --instances instances.png --threads 1
        spade profile coco.spade labels.png --instances instances.png --runs 20 \\
          --json --trace trace.json > profile.json

      A trace opens in https://ui.perfetto.dev and chrome://tracing.
      """)

  @Argument(
    help: ArgumentHelp(
      "The model: a file, or the name of one that spade list shows.", valueName: "model.spade"))
  var model: String

  @Argument(help: ArgumentHelp("The label map.", valueName: "labels.png"))
  var labels: String

  @Option(
    help: ArgumentHelp("The instance map: only borders between its ids count.", valueName: "instances.png"))
  var instances: String?

  @OptionGroup(title: "Label map") var labelOptions: LabelOptions
  @OptionGroup(title: "Style") var style: StyleOptions
  @OptionGroup(title: "Running") var running: RunOptions

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Frames to time, after one to warm up.", valueName: "count"))
  var runs = 5

  @Flag(help: "Print everything as JSON instead of the table.") var json = false

  @Option(
    help: ArgumentHelp("Write the steps of one frame as Chrome trace events.", valueName: "trace.json"))
  var trace: String?

  func validate() throws {
    guard (1...10_000).contains(runs) else { throw ValidationError("--runs is \(runs); give 1 to 10000.") }
    if json, trace == "-" { throw ValidationError("--json and --trace - both print; give one of them.") }
  }

  func run() throws {
    let model = try ModelList.path(of: model)
    let source = try style.source().beside(model)
    let inputs = [model, labels] + [instances, labelOptions.relabel].compactMap { $0 } + source.paths
    let traceFile = try trace.map { try OutputFile(checking: $0, inputs: inputs) }
    let kernels = try running.kernels()
    let file = try ModelFile(path: model)
    let map = try labelOptions.reading(for: file).map(labels: labels, instances: instances)
    let styles = try source.styles(
      mapCount: 1, for: NetworkInput(file.model), network: model,
      encode: file.photoEncoder(kernels: kernels, threadCount: running.threadCount))
    let progress = StageProgress()
    defer { progress.finish() }
    progress.begin("measuring the CPU's peak")
    let before = SystemState()
    let peak = try ProductPeak(kernels, threadCount: running.threadCount)
    let profile = try withRuntime(
      file.model, path: model, kernels: kernels, threadCount: running.threadCount
    ) { (runtime) throws(Failure) in
      try FrameProfile(&runtime, map, style: styles[0], path: model, runCount: runs) { progress.begin($0) }
    }
    progress.finish()
    let report = ProfileReport(
      profile, file: file, labels: labels, kernels: kernels, threadCount: running.threadCount, peak: peak,
      before: before)
    if let traceFile {
      try traceFile.write(Array((JSON.text(ProfileTrace(profile, report, file.model)) + "\n").utf8))
    }
    let text = try json ? JSON.text(report, called: "profile") : report.lines.joined(separator: "\n")
    if traceFile?.isFile != false {
      Standard.output(text)
    } else {
      Standard.error(text)
    }
  }
}
