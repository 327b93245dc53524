import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// `profile` accounts for the whole frame, in its table, its JSON and its trace.
@Suite struct ProfileTests {
  private struct Frame {
    let report: [String: Any]
    let trace: [String: Any]
  }

  private func profile(_ name: String, _ options: String...) throws -> Frame {
    try withTemporaryFolder { folder in
      var arguments = try [
        "profile", Workshop.path("\(name).spade"), Workshop.path("\(name)/labels/map01.png"),
      ]
      if name == "style" { arguments += try ["--instances", Workshop.path("style/instances/map01.png")] }
      let report = try object(Command(arguments + options + ["--json", "--trace", folder + "/t.json"]))
      #expect(try contents(of: folder) == ["t.json"])
      let trace = try JSONSerialization.jsonObject(with: Data(load(folder + "/t.json")))
      return Frame(report: report, trace: trace as? [String: Any] ?? [:])
    }
  }

  private func sum(_ rows: [[String: Any]], _ key: String) -> Double {
    rows.reduce(0) { $0 + ($1[key] as? Double ?? .nan) }
  }

  @Test(arguments: ["plain", "style"]) func stepsAddUpToTheFrame(name: String) throws {
    let threads = name == "plain" ? "1" : "2"
    let report = try profile(name, "--threads", threads, "--runs", "3").report
    for key in [
      "median_ms", "min_ms", "max_ms", "arena_bytes", "file_bytes", "peak_rss_bytes", "macs_dense",
      "macs_done",
      "peak_gmacs_per_s",
    ] { #expect(report[key] as? Double ?? 0 > 0, "\(key)") }
    #expect(report["runs"] as? Int == 3)
    #expect(report["threads"] as? Int == Int(threads))
    #expect(report["isa"] is String)
    let median = try #require(report["median_ms"] as? Double)
    #expect(report["min_ms"] as? Double ?? .infinity <= median)
    #expect(report["max_ms"] as? Double ?? 0 >= median)

    let model = try object(Command("inspect", Workshop.path("\(name).spade"), "--json"))
    #expect(report["macs_dense"] as? Int == model["dense_multiply_adds"] as? Int)
    for key in ["steps", "blocks"] {
      let rows = try #require(report[key] as? [[String: Any]])
      // The steps of the run in the middle are parts of it.
      let parts = sum(rows, "median_run_ms")
      #expect(parts > 0 && parts <= median * 1.001)
      // Steps and blocks account for the same time, none of it lost.
      let whole = try #require(report["step_sum_ms"] as? Double)
      #expect(abs(parts - whole) <= 1e-6 * whole)
      #expect(sum(rows, "macs_done") == report["macs_done"] as? Double)
      #expect(sum(rows, "macs_dense") == report["macs_dense"] as? Double)
      #expect(sum(rows, "count") == model["step_count"] as? Double)
      for row in rows {
        let time = try #require(row["median_ms"] as? Double)
        #expect(row["min_ms"] as? Double ?? .infinity <= time && time <= row["max_ms"] as? Double ?? 0)
        #expect(row["bytes"] as? Int ?? -1 >= 0)
      }
    }
  }

  /// Where the trace goes to standard output, the table goes to standard error.
  @Test(arguments: [[], ["--trace", "-"]]) func theTableHasEveryPart(options: [String]) throws {
    let command = try Command(
      ["profile", Workshop.path("plain.spade"), Workshop.path("plain/labels/map01.png"), "--runs", "1"]
        + options)
    #expect(command.status == 0)
    let table = options == [] ? command.output : command.errors
    for word in ["layer", "block", "resolution", "arena", "page faults", "throttling"] {
      #expect(table.contains("\n\(word)"))
    }
    #expect(command.output.contains("traceEvents") == (options != []))
  }

  @Test func windowsAndOccupancyFitThePlan() throws {
    let report = try profile("plain", "--runs", "1").report
    let windows = try #require(report["windows"] as? [[String: Any]])
    #expect(windows.count > 1)
    for window in windows {
      func value(_ key: String) throws -> Int { try #require(window[key] as? Int) }
      #expect(try value("outer") <= value("outer_capacity") && value("inner") <= value("inner_capacity"))
      #expect(try value("inner") >= 1 && value("inner") <= value("outer"))
      #expect(try value("made") >= value("outer"))
    }
    let plan = try #require(report["plan_bytes"] as? Int)
    let occupancy = try #require(report["arena_occupancy"] as? [[String: Any]])
    #expect(occupancy.first?["step"] as? Int == 0)
    #expect(occupancy.allSatisfy { ($0["bytes"] as? Int ?? .max) <= plan })
    #expect(report["arena_bytes"] as? Int ?? 0 > plan)
  }

  @Test func theTraceHasAnEventForEachStep() throws {
    let frame = try profile("plain", "--runs", "2")
    let events = try #require(frame.trace["traceEvents"] as? [[String: Any]])
    let steps = events.filter { ($0["args"] as? [String: Any])?["step"] != nil }
    #expect(steps.count == frame.report["step_count"] as? Int)
    var end = 0.0
    for event in steps {
      #expect(event["ph"] as? String == "X" && event["pid"] is Int && event["tid"] is Int)
      let start = try #require(event["ts"] as? Double)
      #expect(start > end - 0.01)
      end = start + (event["dur"] as? Double ?? .nan)
    }
    #expect(end <= 1e3 * (frame.report["median_ms"] as? Double ?? 0) + 0.01)
  }

  @Test func badInputLeavesNothingBehind() throws {
    try withTemporaryFolder { folder in
      func refused(_ words: String, _ arguments: [String]) throws {
        let command = try Command(["profile", "--trace", folder + "/t.json"] + arguments)
        #expect(command.status == 1 && command.output == "" && command.errorLines.count == 1)
        #expect(command.errors.hasPrefix("spade: ") && command.errors.contains(words), "\(command.errors)")
        #expect(try contents(of: folder) == [])
      }
      let model = try Workshop.path("plain.spade")
      let labels = try Workshop.path("plain/labels/map01.png")
      try refused("no such file", ["/nowhere.spade", labels])
      try refused("is neither a PNG nor a JPEG", [model, model])
      try refused("no style input", [model, labels, "--seed", "1"])
      try refused("cannot be written", [model, labels, "--trace", folder + "/no/t.json"])
    }
    for options in [["--isa", "mmx"], ["--runs", "0"], ["--threads", "65"], ["--json", "--trace", "-"]] {
      let command = try Command(["profile", "m.spade", "l.png"] + options)
      #expect(command.status == 2 && command.output == "" && command.errors.contains("Usage:"))
    }
  }
}
