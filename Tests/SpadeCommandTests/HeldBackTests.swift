import Foundation
import SpadeQuantize
import SpadeTestSupport
import Testing

@testable import spade

/// What `quantize` says of maps that no decision saw.
@Suite struct HeldBackTests {
  /// The line of `quantize` that has the figures, and the next, which has those of each map.
  private func lines(of command: Command) throws -> (all: String, each: String) {
    #expect(command.status == 0, "\(command.errors)")
    let lines = command.output.split(separator: "\n").map(String.init)
    let index = try #require(lines.firstIndex { $0.hasPrefix("int8 against float32 on ") })
    return (lines[index], lines[index + 1])
  }

  /// `evaluate` finds the same maps unseen, and the same figures.
  @Test func aQuarterOfEightMapsIsHeldBackAndMeasured() throws {
    try withTemporaryFolder { folder in
      let (checkpoint, model) = (folder + "/c", folder + "/m.spade")
      let made = try Command(
        "random-checkpoint", checkpoint, "--ngf", "1", "--classes", "3", "--kernel-size", "1", "--size",
        "32x32", "--maps", "8")
      #expect(made.status == 0, "\(made.errors)")
      let arguments = ["quantize", checkpoint, "--calibration", checkpoint, "-o", model]
      let line = try lines(of: Command(arguments))
      let report = try object(Command("evaluate", model, checkpoint, checkpoint, "--json"))
      let pictures = report["pictures"] as? [[String: Any]] ?? []
      let unseen = pictures.filter { $0["seen"] as? Bool == false }
      #expect(
        pictures.count == 8 && unseen.compactMap { $0["name"] as? String } == ["map04.png", "map08.png"])
      let psnrs = unseen.compactMap { $0["psnr"] as? Double }
      let errors = unseen.compactMap { $0["max_error"] as? Int }
      let worst = try #require(unseen.min { ($0["psnr"] as? Double ?? 0) < ($1["psnr"] as? Double ?? 0) })
      let figures = [psnrs.reduce(0, +) / 2, psnrs.min() ?? 0].map { String(format: "%.1f", $0) }
      #expect(
        line.all
          == "int8 against float32 on 2 maps, held back, that no decision saw: mean \(figures[0]) dB, worst "
          + "\(figures[1]) dB (\(worst["name"] as? String ?? "")), largest error \(errors.max() ?? 0) of 255")
      let each = psnrs.map { String(format: "%.1f dB", $0) }
      #expect(
        line.each
          == "each with its largest error: map04.png \(each[0]), \(errors[0]); map08.png \(each[1]), \(errors[1])"
      )
      let part = try #require(report["unseen"] as? [String: Any])
      #expect(part["count"] as? Int == 2)
      #expect((part["worst"] as? [String: Any])?["psnr"] as? Double == psnrs.min())
      #expect((report["worst"] as? [String: Any])?["psnr"] as? Double ?? 99 <= psnrs.min() ?? 0)
      let text = try Command("evaluate", model, checkpoint, checkpoint).output
      #expect(
        text.contains("\nworst ") && text.contains("\nunseen, mean ") && text.contains("\nunseen, worst "))

      let printed = try object(Command(arguments + ["--json"]))
      let both = try Command("quantize", checkpoint, "-o", "-", "--json")
      #expect(both.status == 2 && both.errors.contains("--json and -o - both print; give one of them."))
      try isTheSame(printed["unseen"], part, of: unseen)
      let sources = printed["sources_of_worst"] as? [[String: Any]] ?? []
      #expect(sources.flatMap { $0["sources"] as? [String] ?? [] }.count == 7)
      let inspected = try object(Command("inspect", model, "--json"))
      for key in ["byte_count", "dense_multiply_adds", "multiply_adds", "plan_thread_count"] {
        #expect(printed[key] as? Int != nil && printed[key] as? Int == inspected[key] as? Int, "\(key)")
      }
    }
  }

  /// That the report of `quantize` has the maps and figures of unseen ones that `evaluate` has.
  private func isTheSame(_ found: Any?, _ part: [String: Any], of pictures: [[String: Any]]) throws {
    let found = try #require(found as? [String: Any])
    #expect(found["are_held_back"] as? Bool == true)
    func figures(_ value: Any?) -> [String] {
      guard let value = value as? [String: Any] else { return [] }
      return [value["name"], value["psnr"], value["max_error"]].compactMap { $0 }.map { "\($0)" }
    }
    let mapped = (found["pictures"] as? [[String: Any]] ?? []).map(figures)
    #expect(mapped == pictures.map(figures) && mapped.allSatisfy { $0.count == 3 })
    for key in ["mean", "worst"] {
      #expect(figures(found[key]) == figures(part[key]) && figures(found[key]).count == 2, "\(key)")
    }
  }

  @Test func withFewerMapsTheyAreDrawings() throws {
    try withTemporaryFolder { folder in
      let checkpoint = try Workshop.path("least")
      for calibration in [["--calibration", checkpoint], []] {
        let line = try lines(of: Command(["quantize", checkpoint, "-o", folder + "/m.spade"] + calibration))
        #expect(
          line.all.wholeMatch(
            of:
              /int8 against float32 on 5 drawings that no decision saw: mean [\d.]+ dB, worst [\d.]+ dB \(drawing of (2|4|8|16|32) areas\), largest error \d+ of 255/
          )
            != nil, "\(line.all)")
        let each = line.each.split(separator: ";")
        #expect(each.count == 5 && each[4].contains("drawing of 32 areas"), "\(line.each)")
      }
    }
  }

  private func note(
    _ psnrs: [Double], seen: Double, quality: Quality = .best, calibration: String? = "maps",
    areHeldBack: Bool = true, hasInnerNorm: Bool = false
  ) -> String? {
    UnseenLoss(
      psnrs.enumerated().map { .init(name: "m\($0).png", psnr: $1, maxError: 9) }, areHeldBack: areHeldBack
    ).note(
      seen: seen, quality: quality, calibration: calibration, hasInnerNorm: hasInnerNorm,
      evaluate: "spade evaluate m.spade c")
  }

  @Test func aNoteSaysWhatToDoWhereTheWorstIsLow() throws {
    #expect(note([40, 35], seen: 50) == nil)
    let start = "note: m1.png comes out at 34.9 dB; below 35 dB people see errors in places. "
    let end = " spade evaluate m.spade c <folder> --sources --pictures <errors> shows where and why."
    // 3 dB and more below what calibration saw.
    let apart =
      "Calibration saw nothing like it: put more maps like those to paint into maps and type the same again"
    #expect(note([39, 34.9], seen: 37.9) == start + apart + "." + end)
    #expect(note([39, 34.9], seen: 40, quality: .fast) == start + apart + ", with --quality best." + end)
    let inner =
      " This network has an instance norm inside its SPADE layers and needs maps of the kind that will be painted, some of them of few areas."
    #expect(note([39, 34.9], seen: 37.9, hasInnerNorm: true) == start + apart + "." + inner + end)
    let near = "What calibration saw is hardly better, so that more maps will hardly help."
    #expect(note([39, 34.9], seen: 37.8) == start + near + end)
    #expect(
      note([39, 34.9], seen: 37.8, quality: .balanced) == start + "Type the same with --quality best." + end)
    let none = try #require(note([39, 34.9], seen: 40, quality: .fast, calibration: nil, areHeldBack: false))
    #expect(none.hasPrefix("note: the m1.png comes out at 34.9 dB"))
    #expect(
      none.contains(
        "Type the same with --calibration and a folder of label maps like those to paint, eight or more"))
    #expect(none.hasSuffix(" --quality best helps too."))
  }

  private func report(
    _ pictures: [(psnr: Double, seen: Bool?)], quality: String? = "best"
  ) -> EvaluationReport {
    let pictures = pictures.enumerated().map { index, picture in
      EvaluationReport.Picture(
        name: "m\(index).png", checksum: "", instancesChecksum: nil, psnr: picture.psnr, ssim: 1, maxError: 9,
        seconds: 1, seen: picture.seen)
    }
    let all = EvaluationReport.Part(pictures)
    return EvaluationReport(
      model: "m.spade",
      run: EvaluationReport.Run(
        modelChecksum: "", checkpoint: "", checkpointChecksum: "", quality: quality, labels: "", palette: nil,
        fit: nil, fill: nil, relabel: nil, relabelChecksum: nil, firstSeed: nil, z: nil, zChecksum: nil,
        isa: "scalar", threads: 1, arenaBytes: 0, program: ""), pictures: pictures, mean: all.mean,
      worst: all.worst, unseen: nil, layers: [], unreadLayers: [], sources: nil)
  }

  /// `evaluate` has the note of `quantize`, with what is to be done about a finished model.
  @Test func evaluateSaysWhatToDoWhereTheWorstIsLow() throws {
    func note(
      _ pictures: [(Double, Bool?)], _ quality: String? = "best", inner: Bool = false, apart: Bool = true
    ) -> String? {
      report(pictures.map { (psnr: $0.0, seen: $0.1) }, quality: quality).lossNote(
        hasInnerNorm: inner, isTakenApart: apart)
    }
    #expect(note([(40, false), (35, false)], inner: true, apart: false) == nil)
    let start = "note: m1.png comes out at 34.9 dB; below 35 dB people see errors in places. "
    let more =
      "Calibration did not see it: give spade quantize --calibration more maps like those to paint, and measure with others."
    #expect(note([(40, false), (34.9, false)]) == start + more)
    #expect(
      note([(40, false), (34.9, nil)], "fast", inner: true, apart: false)
        == start + more
        + " This network has an instance norm inside its SPADE layers and needs maps of the kind that will be painted, some of them of few areas."
        + " --quality best helps too. --sources --pictures <errors> shows where and why.")
    #expect(
      note([(40, false), (34.9, true)], nil, inner: true)
        == start + "Calibration saw it, so that more maps will hardly help.")
  }
}
