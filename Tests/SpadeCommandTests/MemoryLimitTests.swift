import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// Where memory or disk run out there is one sentence, and nothing is left behind.
@Suite struct MemoryLimitTests {
  /// Runs a program with a limit of the shell's `ulimit`, in KiB or blocks.
  private func limited(_ limit: String, _ program: String, _ arguments: [String]) throws -> Command {
    let words = ([Command.executable(program)] + arguments).map { "'\($0)'" }.joined(separator: " ")
    return try Command(program: ["/bin/sh", "-c"], ["ulimit \(limit) && exec \(words)"])
  }

  /// The least limit in MiB with which a program starts at all; below, it is the loader that cannot work.
  private func least(_ program: String) throws -> Int {
    var (low, high) = (1, 4096)
    while high - low > 1 {
      let middle = (low + high) / 2
      if try limited("-v \(middle << 10)", program, ["--version"]).status == 0 {
        high = middle
      } else {
        low = middle
      }
    }
    return high
  }

  /// From too little to begin to enough.
  @Test(arguments: ["spade", "spade-run"]) func anyLimitIsOneSentenceOrAPicture(program: String) throws {
    try withTemporaryFolder { folder in
      let map = folder + "/map.png"
      let ids = [UInt16](repeating: 1, count: 4096 * 4096)
      try IndexImage(width: 4096, height: 4096, values: ids).write(png: map)
      let arguments = try [
        "synthesize", Workshop.path("plain.spade"), map, "--threads", "1", "-o", folder + "/p.png",
      ]
      var refusals = 0
      for megabytes in try least(program)... {
        let command = try limited("-v \(megabytes << 10)", program, arguments)
        if command.status == 0 { break }
        let reproduction = Comment(rawValue: "\(megabytes) MiB: \(command.errors)")
        #expect(command.status == 1 && command.errorLines.count == 1, reproduction)
        #expect(command.errors.contains("emory"), reproduction)
        #expect(try contents(of: folder) == ["map.png"], reproduction)
        refusals += 1
        try #require(refusals < 200, reproduction)
      }
      #expect(refusals > 10)
      #expect(try contents(of: folder) == ["map.png", "p.png"])
    }
  }

  @Test(arguments: ["spade", "spade-run"]) func aLargeMapInLittleMemory(program: String) throws {
    try withTemporaryFolder { folder in
      let map = folder + "/map.png"
      let ids = [UInt16](repeating: 1, count: 8192 * 8192)
      try IndexImage(width: 8192, height: 8192, values: ids).write(png: map)
      let command = try limited(
        "-v \((least(program) + 100) << 10)", program,
        ["synthesize", Workshop.path("plain.spade"), map, "--threads", "1", "-o", folder + "/p.png"])
      #expect(command.status == 1 && command.errorLines.count == 1, "\(command.errors)")
      #expect(command.errors.contains("map.png needs more memory than there is"), "\(command.errors)")
      #expect(try contents(of: folder) == ["map.png"])
    }
  }

  /// Commands that compute in float32 or plan take much at once: from too little to begin to enough.
  @Test(arguments: ["quantize", "reference", "evaluate", "plan"])
  func anyLimitIsOneSentenceOrTheResult(command: String) throws {
    try withTemporaryFolder { folder in
      let output = folder + "/result.npy"
      let (checkpoint, model) = try (Workshop.path("least"), Workshop.path("least.spade"))
      let arguments =
        switch command {
        case "quantize": [command, checkpoint, "--calibration", checkpoint, "-o", output]
        case "reference": [command, checkpoint, checkpoint + "/labels", "-o", output]
        case "evaluate": [command, model, checkpoint, checkpoint + "/labels"]
        default: [command, model, "--fastest", "-o", output]
        }
      func isEnough(_ megabytes: Int) throws -> Bool {
        try? FileManager.default.removeItem(atPath: output)
        let run = try limited("-v \(megabytes << 10)", "spade", arguments)
        if run.status == 0 { return true }
        let reproduction = Comment(rawValue: "\(megabytes) MiB: \(run.errors)")
        let sentences = run.errorLines.filter { !$0.hasPrefix("note: ") }
        #expect(run.status == 1 && sentences.count == 1, reproduction)
        #expect(sentences.first?.contains("emory") == true, reproduction)
        #expect(try contents(of: folder) == [], reproduction)
        return false
      }
      let least = try least("spade")
      var (low, high) = (least - 1, 8192)
      while high - low > 1 {
        let middle = (low + high) / 2
        if try isEnough(middle) { high = middle } else { low = middle }
      }
      #expect(high > least)
      for part in 0..<8 { _ = try isEnough(least + (high - least) * part / 8) }
      // What just passes the first look must also suffice.
      for megabytes in high..<high + 4 { #expect(try isEnough(megabytes)) }
    }
  }

  /// A file that may not grow, as on a full disk.
  @Test(arguments: ["spade", "spade-run"]) func aDiskWithoutRoom(program: String) throws {
    try withTemporaryFolder { folder in
      let labels = try Workshop.path("plain/labels/map01.png")
      let command = try limited(
        "-f 1", program, ["synthesize", Workshop.path("plain.spade"), labels, "-o", folder + "/p.png"])
      #expect(command.status == 1 && command.errorLines.count == 1, "\(command.errors)")
      #expect(command.errors.contains("may not grow"), "\(command.errors)")
      #expect(try contents(of: folder) == [])
    }
  }

  /// A report that goes into a file on a full disk.
  @Test(arguments: ["spade inspect", "spade profile", "spade-run profile"])
  func aReportWithoutRoom(words: String) throws {
    let words = words.split(separator: " ").map(String.init)
    let labels = try words[1] == "profile" ? [Workshop.path("plain/labels/map01.png"), "--runs", "1"] : []
    let command = try Command(
      program: ["/bin/sh", "-c", "exec \"$@\" >/dev/full", "sh", Command.executable(words[0])],
      [words[1], Workshop.path("plain.spade")] + labels)
    #expect(command.status == 1 && command.errorLines.count == 1, "\(command.errors)")
    #expect(
      command.errors.contains("Standard output cannot be written (the disk is full)"), "\(command.errors)")
  }
}
