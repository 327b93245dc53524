import CSpadeSystem
import SpadeBoards
import SpadeModel
import SpadeRuntime
import SpadeTargets
import SpadeTools

/// What `doctor` finds out about a machine, a line a fact.
struct MachineReport {
  private var facts: [String] = []
  /// What the system does not show.
  private var unknown: [String] = []
  private let root: String
  private let availableByteCount: Int?
  /// As the tools describe it, if they do.
  private let board: Board?

  /// The report. Facts that could not be read come last.
  var lines: [String] {
    facts + (unknown.isEmpty ? [] : [Self.line("not shown", unknown.joined(separator: ", "))])
  }

  /// - Parameter root: Where `/proc` and `/sys` are found, for tests.
  init(root: String = "") {
    self.root = root
    availableByteCount = SystemText.byteCount("MemAvailable", of: "\(root)/proc/meminfo")
    let model = SystemText.read("\(root)/proc/device-tree/model")
    board = model.flatMap { Board.running(deviceTreeModel: $0.utf8) }
    add("board", model)
    add("CPU", CPUName.read(root: root))
    addKernels()
    addMemory()
    addClock()
    addState(SystemState(root: root))
  }

  private static func line(_ name: String, _ value: String) -> String { name.left(15) + value }

  /// Adds a fact, or notes that it is not shown.
  private mutating func add(_ name: String, _ value: String?) {
    if let value { facts.append(Self.line(name, value)) } else { unknown.append(name) }
  }

  private mutating func addKernels() {
    let features = CPUFeature.found.map { $0.name }
    add("features", features.isEmpty ? "none that the kernels use" : features.joined(separator: ", "))
    let sets = KernelSet.supported.map { $0.name }
    add("kernels", "\(KernelSet.best.name) chosen of \(sets.joined(separator: ", "))")
    add("cores", "\(ThreadCount.standard) for this process")
  }

  private mutating func addMemory() {
    let total = SystemText.byteCount("MemTotal", of: "\(root)/proc/meminfo")
    add("memory", total.map { "\($0.grouped) bytes" })
    add(
      "available", availableByteCount.map { "\($0.grouped) bytes: the largest arena and model file together" }
    )
    add("page size", "\(spade_page_byte_count()) bytes")
  }

  private mutating func addClock() {
    let folder = "\(root)/sys/devices/system/cpu/cpu0/cpufreq"
    add("governor", SystemText.read("\(folder)/scaling_governor"))
    let range = ["cpuinfo_min_freq", "cpuinfo_max_freq"].compactMap { SystemText.number("\(folder)/\($0)") }
    add("clock range", range.count == 2 ? "\(range[0] / 1000) to \(range[1] / 1000) MHz" : nil)
  }

  private mutating func addState(_ state: SystemState) {
    let clocks = state.clocksMhz.map { $0.fixed(0) }
    add("clock", clocks.isEmpty ? nil : clocks.joined(separator: ", ") + " MHz")
    let temperatures = state.temperatures.map { "\($0.zone) \($0.celsius.fixed(1)) °C" }
    add("temperature", temperatures.isEmpty ? nil : temperatures.joined(separator: ", "))
    add("throttling", state.throttling.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") })
  }

  /// Adds what a model takes, and on a board that the tools know how long a picture is predicted to take.
  mutating func add(_ file: ModelFile) throws(Failure) {
    let model = file.model
    add("model", "\(file.path), \(model.width)x\(model.height), \(file.byteCount.grouped) bytes")
    for threadCount in Set([1, ThreadCount.standard]).sorted() {
      let arena = Runtime.arenaByteCount(model: model, threadCount: threadCount)
      let fits = availableByteCount.map {
        arena + file.byteCount <= $0 ? ": fits" : ": DOES NOT FIT the memory available"
      }
      add(
        "arena",
        "\(arena.grouped) bytes with \(threadCount) thread\(threadCount == 1 ? "" : "s")" + (fits ?? ""))
    }
    guard let board else { return add("predicted time (no description of this machine)", nil) }
    var progress = FrameProgress("counting the work of the test picture", stepCount: model.stepCount)
    let report = try TargetReport(file, on: board) { progress.finished(step: $0) }
    add(
      "prediction",
      "\(report.prediction.seconds.duration) for the model's test picture on a \(report.title) with "
        + "\(report.threadCount) threads; computed from the board's figures, not measured")
  }
}
