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
}
