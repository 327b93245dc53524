import CSpadeSystem
import SpadeBoards
import SpadeModel
import SpadeRuntime
import SpadeTargets

/// What `doctor` finds out about a machine, a line a fact, and whether a model fits.
package struct MachineReport {
  /// A fact as programs read it.
  private struct Value {
    let name: String
    let json: JSONValue
  }

  private var facts: [(name: String, text: String)] = []
  /// The facts for programs: numbers are numbers, in the units that their names end in.
  private var values: [Value] = []
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

  /// The same, for programs.
  package var json: JSONValue {
    .report(
      "doctor",
      [("spade", .text(Version.text))] + values.map { ($0.name, $0.json) } + [
        ("not_shown", .array(unknown.map { .text($0) }))
      ])
  }

  /// - Parameter root: Where `/proc` and `/sys` are found, for tests.
  package init(root: String = "") {
    self.root = root
    availableByteCount = SystemText.byteCount("MemAvailable", of: "\(root)/proc/meminfo")
    let model = SystemText.read("\(root)/proc/device-tree/model")
    board = model.flatMap { Board.running(deviceTreeModel: $0.utf8) }
    add("board", model, ("board", model.map { .text($0) }))
    let cpu = CPUName.read(root: root)
    add("CPU", cpu, ("cpu", cpu.map { .text($0) }))
    addKernels()
    addMemory()
    addClock()
    addState(SystemState(root: root))
  }

  /// Adds a fact, or notes that it is not shown.
  /// - Parameters:
  ///   - text: As people read it, or `nil`.
  ///   - values: As programs read it.
  private mutating func add(_ name: String, _ text: String?, _ values: (String, JSONValue?)...) {
    guard let text else { return unknown.append(name) }
    facts.append((name, text))
    for (name, json) in values { if let json { self.values.append(Value(name: name, json: json)) } }
  }

  private mutating func addKernels() {
    let features = CPUFeature.found.map { $0.name }
    add(
      "features", features.isEmpty ? "none that the kernels use" : features.joined(separator: ", "),
      ("features", .array(features.map { .text($0) })))
    let (best, sets) = (KernelSet.best.name, KernelSet.supported.map { $0.name })
    add(
      "kernels", "\(best) chosen of \(sets.joined(separator: ", "))", ("kernels", .text(best)),
      ("kernel_sets", .array(sets.map { .text($0) })))
    let cores = ThreadCount.standard
    add("cores", "\(cores) for this process", ("cores", .number(cores)))
  }

  private mutating func addMemory() {
    let total = SystemText.byteCount("MemTotal", of: "\(root)/proc/meminfo")
    add("memory", total.map { "\($0.grouped) bytes" }, ("memory_bytes", total.map { .number($0) }))
    add(
      "available",
      availableByteCount.map { "\($0.grouped) bytes: the largest arena and model file together" },
      ("available_bytes", availableByteCount.map { .number($0) }))
    let page = Int(spade_page_byte_count())
    add("page size", "\(page) bytes", ("page_bytes", .number(page)))
  }

  private mutating func addClock() {
    let folder = "\(root)/sys/devices/system/cpu/cpu0/cpufreq"
    let governor = SystemText.read("\(folder)/scaling_governor")
    add("governor", governor, ("governor", governor.map { .text($0) }))
    let range = ["cpuinfo_min_freq", "cpuinfo_max_freq"].compactMap {
      SystemText.number("\(folder)/\($0)").map { $0 / 1000 }
    }
    add(
      "clock range", range.count == 2 ? "\(range[0]) to \(range[1]) MHz" : nil,
      ("clock_range_mhz", .array(range.map { .number($0) })))
  }

  private mutating func addState(_ state: SystemState) {
    let clocks = state.clocksMhz.map { $0.fixed(0) }
    add(
      "clock", clocks.isEmpty ? nil : clocks.joined(separator: ", ") + " MHz",
      ("clocks_mhz", .array(state.clocksMhz.map { .decimal($0, digits: 0) })))
    let temperatures = state.temperatures.map { "\($0.zone) \($0.celsius.fixed(1)) °C" }
    add(
      "temperature", temperatures.isEmpty ? nil : temperatures.joined(separator: ", "),
      (
        "temperatures",
        .array(
          state.temperatures.map {
            .object([("zone", .text($0.zone)), ("celsius", .decimal($0.celsius, digits: 1))])
          })
      ))
    add(
      "throttling", state.throttling.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") },
      ("throttling", .array((state.throttling ?? []).map { .text($0) })))
  }

  /// Adds what a model takes, and on a board that the tools know how long a picture is predicted to take.
  package mutating func add(_ file: ModelFile) throws(Failure) {
    let model = file.model
    add(
      "file", file.summary, ("file", .text(file.path)), ("file_bytes", .number(file.byteCount)),
      ("format", .number(Int(ModelFormat.version))))
    add(
      "picture", file.pictureSummary, ("width", .number(model.width)), ("height", .number(model.height)))
    var arenas: [JSONValue] = []
    for arena in file.arenas {
      let fits = availableByteCount.map { arena.byteCount + file.byteCount <= $0 }
      arenas.append(
        .object([
          ("threads", .number(arena.threadCount)), ("bytes", .number(arena.byteCount)),
          ("fits", fits.map { .boolean($0) } ?? .null),
        ]))
      add("arena", arena.summary + (fits.map { $0 ? ": fits" : ": DOES NOT FIT the memory available" } ?? ""))
    }
    values.append(Value(name: "arenas", json: .array(arenas)))
    guard let board else { return add("predicted time (no description of this machine)", nil) }
    var progress = FrameProgress("counting the work of the test picture", stepCount: model.stepCount)
    let report = try TargetReport(file, on: board) { progress.finished(step: $0) }
    add(
      "prediction",
      "\(report.prediction.seconds.duration) for the model's test picture on a \(report.title) with "
        + "\(report.threadCount) threads; computed from the board's figures, not measured",
      ("predicted_seconds", .decimal(report.prediction.seconds, digits: 4)),
      ("predicted_threads", .number(report.threadCount)))
  }
}
