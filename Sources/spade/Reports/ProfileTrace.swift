import SpadeModel
import SpadeTools

/// The frame with the median time as Chrome trace events, which Perfetto and chrome://tracing show: one complete event a
/// step and a counter of the plan's bytes in use.
struct ProfileTrace: Encodable {
  struct Event: Encodable {
    let name: String
    let cat: String
    /// `X` is a complete event, `C` a counter, `M` a name.
    let ph: String
    /// In microseconds from the frame's start.
    let ts: Double
    var dur: Double?
    var pid = 1
    var tid = 1
    let args: Arguments
  }

  struct Arguments: Encodable {
    var name: String?
    var step: Int?
    var block: String?
    var kind: String?
    var firstRow: Int?
    var lastRow: Int?
    var macsDone: Int?
    var macsDense: Int?
    var gmacsPerS: Double?
    var bytes: Int?

    private enum CodingKeys: String, CodingKey {
      case name, step, block, kind, bytes
      case firstRow = "first_row"
      case lastRow = "last_row"
      case macsDone = "macs_done"
      case macsDense = "macs_dense"
      case gmacsPerS = "gmacs_per_s"
    }
  }

  let displayTimeUnit = "ms"
  let traceEvents: [Event]

  init(_ profile: FrameProfile, _ report: ProfileReport, _ model: Model) {
    let run = profile.medianRun
    var events = [
      Event(
        name: "process_name", cat: "", ph: "M", ts: 0,
        args: Arguments(name: "spade \(report.isa), \(report.threads) threads")),
      Event(
        name: "input", cat: "begin", ph: "X", ts: 0, dur: run.inputMilliseconds * 1e3,
        args: Arguments(block: "input", kind: "begin")),
    ]
    var occupancy = 0
    for index in 0..<model.stepCount {
      let step = model.step(StepIndex(index))
      let cost = profile.costs[index]
      let milliseconds = run.milliseconds(step: index)
      let kind = step.operation.kind.name
      let start = Double(run.stepStart(index) - run.start) / 1e3
      events.append(
        Event(
          name: "\(model.text(step.name)) \(kind)", cat: kind, ph: "X", ts: start, dur: milliseconds * 1e3,
          args: Arguments(
            step: index, block: model.text(step.block), kind: kind, firstRow: step.rows.lowerBound,
            lastRow: step.rows.upperBound - 1, macsDone: cost.productCount, macsDense: cost.denseProductCount,
            gmacsPerS: milliseconds > 0 ? Double(cost.productCount) / milliseconds / 1e6 : nil,
            bytes: cost.byteCount)))
      let bytes = report.occupancy(at: index)
      if bytes != occupancy {
        occupancy = bytes
        events.append(Event(name: "arena", cat: "", ph: "C", ts: start, args: Arguments(bytes: bytes)))
      }
    }
    traceEvents = events
  }
}
