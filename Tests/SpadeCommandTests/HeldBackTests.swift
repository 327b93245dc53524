import Foundation
import SpadeQuantize
import SpadeTestSupport
import Testing

@testable import spade

/// What `quantize` says of maps that no decision saw.
@Suite struct HeldBackTests {
  /// The line of `quantize` that has the figures.
  private func line(of command: Command) throws -> String {
    #expect(command.status == 0, "\(command.errors)")
    let lines = command.output.split(separator: "\n")
    return String(try #require(lines.first { $0.hasPrefix("int8 against float32 on ") }))
  }

  /// `evaluate` finds the same maps unseen, and the same figures.
  @Test func aQuarterOfEightMapsIsHeldBackAndMeasured() throws {
    try withTemporaryFolder { folder in
      let (checkpoint, model) = (folder + "/c", folder + "/m.spade")
      let made = try Command(
        "random-checkpoint", checkpoint, "--ngf", "1", "--classes", "3", "--kernel-size", "1", "--size",
        "32x32", "--maps", "8")
      #expect(made.status == 0, "\(made.errors)")
      let line = try line(of: Command("quantize", checkpoint, "--calibration", checkpoint, "-o", model))
      let report = try object(Command("evaluate", model, checkpoint, checkpoint, "--json"))
      let pictures = report["pictures"] as? [[String: Any]] ?? []
      let unseen = pictures.filter { $0["seen"] as? Bool == false }
      #expect(
        pictures.count == 8 && unseen.compactMap { $0["name"] as? String } == ["map04.png", "map08.png"])
      let psnrs = unseen.compactMap { $0["psnr"] as? Double }
      let worst = try #require(unseen.min { ($0["psnr"] as? Double ?? 0) < ($1["psnr"] as? Double ?? 0) })
      let figures = [psnrs.reduce(0, +) / 2, psnrs.min() ?? 0].map { String(format: "%.1f", $0) }
      #expect(
        line
          == "int8 against float32 on 2 maps, held back, that no decision saw: mean \(figures[0]) dB, worst "
          + "\(figures[1]) dB (\(worst["name"] as? String ?? ""))")
      let part = try #require(report["unseen"] as? [String: Any])
      #expect(part["count"] as? Int == 2)
      #expect((part["worst"] as? [String: Any])?["psnr"] as? Double == psnrs.min())
      #expect((report["worst"] as? [String: Any])?["psnr"] as? Double ?? 99 <= psnrs.min() ?? 0)
      let text = try Command("evaluate", model, checkpoint, checkpoint).output
      #expect(
        text.contains("\nworst ") && text.contains("\nunseen, mean ") && text.contains("\nunseen, worst "))
    }
  }

  @Test func withFewerMapsTheyAreDrawings() throws {
    try withTemporaryFolder { folder in
      let checkpoint = try Workshop.path("least")
      for calibration in [["--calibration", checkpoint], []] {
        let line = try line(of: Command(["quantize", checkpoint, "-o", folder + "/m.spade"] + calibration))
        #expect(
          line.wholeMatch(
            of:
              /int8 against float32 on 5 drawings that no decision saw: mean [\d.]+ dB, worst [\d.]+ dB \(drawing of (2|4|8|16|32) areas\)/
          )
            != nil, "\(line)")
      }
    }
  }

  private func note(
    _ psnrs: [Double], seen: Double, quality: Quality = .best, calibration: String? = "maps",
    areHeldBack: Bool = true
  ) -> String? {
    UnseenLoss(
      psnrs: psnrs, names: psnrs.indices.map { "m\($0).png" }, areHeldBack: areHeldBack, seenPSNR: seen
    ).note(quality: quality, calibration: calibration, evaluate: "spade evaluate m.spade c")
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
}
