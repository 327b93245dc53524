extension ProfileReport {
  /// The report as a person reads it.
  package var lines: [String] {
    var lines = summary
    for part in [stepLines, blockLines, windowLines, arenaLines, processLines] { lines += [""] + part }
    return lines
  }

  private var summary: [String] {
    let tilePeak = peakTileGmacsPerS.map { ", \($0.fixed(1)) G in tiles" } ?? ""
    let doneRate = (Double(macsDone) / medianMs / 1e6).fixed(1)
    let denseRate = (Double(macsDense) / medianMs / 1e6).fixed(1)
    return [
      line("model", "\(model), \(fileBytes.grouped) bytes"),
      line("labels", "\(labels), \(width)x\(height)"),
      line(
        "running",
        "\(program), \(isa) on \(threads) thread\(threads == 1 ? "" : "s"), \(runs) runs after one to warm up"
      ),
      line("CPU", cpu ?? "not known"),
      line("peak", "\(peakGmacsPerS.fixed(1)) G multiply-adds/s measured on this CPU\(tilePeak)"),
      line("frame", "\(medianMs.grouped(2)) ms median, \(minMs.grouped(2)) min, \(maxMs.grouped(2)) max"),
      line(
        "steps",
        "\(stepSumMs.grouped(2)) ms in \(stepCount) steps, \((100 * stepSumMs / medianMs).fixed(1)) % of the same frame"
      ),
      line(
        "multiply-adds",
        "\(macsDense.short) dense, \(macsDone.short) done, \(doneRate) G/s done, \(denseRate) G/s as dense"),
    ]
  }

  private func line(_ name: String, _ value: String) -> String { name.left(15) + value }

  private static let header = columns(
    ["steps", "ms", "min", "max", "frame", "dense", "done", "G/s", "peak", "bytes"])

  private static func columns(_ texts: [String]) -> String {
    let widths = [6, 11, 11, 11, 8, 9, 9, 8, 8, 9]
    return zip(texts, widths).map { $0.right($1) }.joined()
  }

  private func columns(_ row: Row) -> String {
    let rate = row.gmacsPerS?.fixed(1) ?? ""
    let share = row.peakShare.map(percent) ?? ""
    return Self.columns([
      "\(row.count)", row.medianMs.grouped(3), row.minMs.grouped(3), row.maxMs.grouped(3),
      percent(row.medianMs / medianMs), row.macsDense.short, row.macsDone.short, rate, share, row.bytes.short,
    ])
  }

  private func percent(_ share: Double) -> String { "\((100 * share).fixed(1)) %" }

  private var stepLines: [String] {
    ["layer".left(20) + "kind".left(11) + Self.header]
      + steps.map { ($0.layer ?? "").left(20) + ($0.kind ?? "").left(11) + columns($0) }
  }

  private var blockLines: [String] {
    ["block".left(31) + Self.header] + blocks.map { $0.block.left(31) + columns($0) }
  }

  private var windowLines: [String] {
    let names = ["pixels", "inner", "room", "outer", "room", "made"]
    let header = "resolution".left(15) + names.map { $0.right(9) }.joined()
    return [header]
      + windows.map {
        let counts = [$0.pixels, $0.inner, $0.innerCapacity, $0.outer, $0.outerCapacity, $0.made]
        return "\($0.width)x\($0.height)".left(15) + counts.map { $0.grouped.right(9) }.joined()
      }
  }

  private var arenaLines: [String] {
    let columnCount = min(72, stepCount)
    let marks = Array("▁▂▃▄▅▆▇█")
    let chart = (0..<columnCount).map { column in
      let first = column * stepCount / columnCount
      let last = max((column + 1) * stepCount / columnCount, first + 1)
      let bytes = (first..<last).map { occupancy(at: $0) }.max() ?? 0
      return marks[min(bytes * marks.count / max(planBytes, 1), marks.count - 1)]
    }
    return [
      line(
        "arena",
        "\(arenaBytes.grouped) bytes: \(planBytes.grouped) of the plan, the rest for \(threads) thread"
          + (threads == 1 ? "" : "s")),
      line("in use", String(chart)),
      line("", "step 0" + "\(stepCount - 1)".right(max(columnCount - 6, 1))),
    ]
  }

  private var processLines: [String] {
    [
      line("memory", (peakRssBytes.map { "\($0.grouped) bytes resident at most" }) ?? Self.notAvailable),
      line(
        "page faults",
        "\(pageFaults.minorDuringRuns.grouped) minor and \(pageFaults.majorDuringRuns.grouped) major during the "
          + "runs, \(pageFaults.minor.grouped) and \(pageFaults.major.grouped) since the start"),
      line("clock", Self.text(clocks, "MHz")),
      line("temperature", Self.text(temperatures, "°C")),
      line(
        "throttling",
        systemAfter.throttling.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? Self.notAvailable),
    ]
  }

  /// Before the runs and after them.
  private var clocks: [String] {
    zip(systemBefore.clocksMhz, systemAfter.clocksMhz).map { "\($0.fixed(0)) to \($1.fixed(0))" }
  }

  private var temperatures: [String] {
    zip(systemBefore.temperatures, systemAfter.temperatures).map {
      "\($1.zone) \($0.celsius.fixed(1)) to \($1.celsius.fixed(1))"
    }
  }

  private static let notAvailable = "not available"

  private static func text(_ values: [String], _ unit: String) -> String {
    values.isEmpty ? notAvailable : values.joined(separator: ", ") + " " + unit
  }
}
