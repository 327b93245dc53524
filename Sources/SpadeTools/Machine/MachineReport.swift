import CSpadeSystem
import SpadeBoards
import SpadeModel
import SpadeRuntime
import SpadeTargets

/// What `doctor` finds out about a machine, a line a fact, and whether a model fits.
package struct MachineReport {
  private var facts: [(name: String, value: String)] = []
  private var arenas: [JSONValue] = []
  /// What the system does not show.
  private var unknown: [String] = []
  private let root: String
  private let availableByteCount: Int?
  /// As the tools describe it, if they do.
  private let board: Board?

  /// The report. Facts that could not be read come last.
  package var lines: [String] {
    (facts + (unknown.isEmpty ? [] : [("not shown", unknown.joined(separator: ", "))])).map {
      $0.left(15) + $1
    }
  }

  /// The same, for programs: facts by their names, with `_` for spaces.
  package var json: JSONValue {
    let named = facts.filter { $0.name != "arena" }.map { name, value -> (String, JSONValue) in
      (String(name.lowercased().map { $0 == " " ? "_" : $0 }), .text(value))
    }
    return .report(
      "doctor",
      [("spade", .text(Version.text))] + named
        + (arenas.isEmpty ? [] : [("arenas", .array(arenas))])
        + [("not_shown", .array(unknown.map { .text($0) }))])
  }

  /// - Parameter root: Where `/proc` and `/sys` are found, for tests.
  package init(root: String = "") {
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

  /// Adds a fact, or notes that it is not shown.
  private mutating func add(_ name: String, _ value: String?) {
    if let value { facts.append((name, value)) } else { unknown.append(name) }
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
  package mutating func add(_ file: ModelFile) throws(Failure) {
    let model = file.model
    add("file", file.summary)
    add("picture", file.pictureSummary)
    for arena in file.arenas {
      let fits = availableByteCount.map { arena.byteCount + file.byteCount <= $0 }
      arenas.append(
        .object([
          ("threads", .number(arena.threadCount)), ("bytes", .number(arena.byteCount)),
          ("fits", fits.map { .boolean($0) } ?? .null),
        ]))
      add("arena", arena.summary + (fits.map { $0 ? ": fits" : ": DOES NOT FIT the memory available" } ?? ""))
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
