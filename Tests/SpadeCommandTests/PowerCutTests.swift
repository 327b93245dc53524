import Foundation
import SpadeFiles
import SpadeTestSupport
import Testing

/// Whatever ends a command while it writes, each of its outputs is the old file or the new one.
@Suite(.enabled(if: Interruption.isPossible, "strace is missing or may not work here"))
struct PowerCutTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let program: String
    let command: String
    /// Names in the folder that is written to.
    let outputs: [String]

    var testDescription: String { "\(program) \(command)" }

    func arguments(_ folder: String) throws -> [String] {
      let output = folder + "/" + outputs[0]
      let style = try [
        Workshop.path("style/labels/map01.png"), "--instances", Workshop.path("style/instances/map01.png"),
        "--seed", "1",
      ]
      switch command {
      case "synthesize":
        return try [command, Workshop.path("style.spade")] + style
          + ["-o", output, "--save-style", folder + "/" + outputs[1]]
      case "styles":
        return try [command, Workshop.path("style.spade")] + style.dropLast(2) + [
          "--styles", "seed:0-1", "-o", output,
        ]
      case "quantize":
        return try [command, Workshop.path("least"), "--calibration", Workshop.path("least"), "-o", output]
      case "plan": return try [command, Workshop.path("least.spade"), "--fastest", "-o", output]
      case "reference":
        return try [command, Workshop.path("least"), Workshop.path("least/labels"), "-o", output]
      default:
        return [
          command, folder, "--force", "--ngf", "2", "--classes", "3", "--size", "32x32", "--maps", "1",
        ]
      }
    }
  }

  static let cases = [
    Case(program: "spade-run", command: "synthesize", outputs: ["p.png", "s.z"]),
    Case(program: "spade", command: "synthesize", outputs: ["p.png", "s.z"]),
    Case(program: "spade", command: "styles", outputs: ["p.png"]),
    Case(program: "spade", command: "quantize", outputs: ["m.spade"]),
    Case(program: "spade", command: "plan", outputs: ["m.spade"]),
    Case(program: "spade", command: "reference", outputs: ["r.npy"]),
    Case(program: "spade", command: "random-checkpoint", outputs: ["latest_net_G.safetensors", "opt.txt"]),
  ]

  /// Which calls of a name are interrupted: the first ones, and a part of the others where a file is written in hundreds.
  private static let numbers = Array(1...20) + Array(stride(from: 36, to: 1000, by: 16))

  private let old: [UInt8] = Array("what was there before".utf8)

  /// Runs `body` with a folder that holds old outputs, and what the new ones are.
  private func withOldOutputs(_ test: Case, _ body: (String, [String: [UInt8]]) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let complete = try Command(program: [Command.executable(test.program)], test.arguments(folder))
      try #require(complete.status == 0, "\(complete.errors)")
      let new = try Dictionary(uniqueKeysWithValues: test.outputs.map { ($0, try load("\(folder)/\($0)")) })
      try body(folder, new)
    }
  }

  private func putOldOutputs(_ test: Case, _ folder: String) throws {
    for name in test.outputs { try save(old, "\(folder)/\(name)") }
  }

  /// Names that a command left besides its outputs.
  private func strays(_ folder: String) throws -> [String] {
    try contents(of: folder).filter { $0.hasPrefix(".spade-") }
  }

  /// Killed right after each call that changes the disk.
  @Test(arguments: cases) func theOldFileOrTheNewOne(test: Case) throws {
    try withOldOutputs(test) { folder, new in
      var cutCount = 0
      for call in ["write", "fsync", "fchmod", "rename"] {
        for number in Self.numbers {
          try putOldOutputs(test, folder)
          let interruption = Interruption(call: call, what: "signal=SIGKILL", number: number)
          let (command, happened) = try interruption.run(test.program, test.arguments(folder))
          for name in test.outputs {
            let found = try load("\(folder)/\(name)")
            #expect(found == old || found == new[name], "\(interruption): \(name)")
          }
          for name in try strays(folder) { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
          guard happened else {
            #expect(command.status == 0, "\(command.errors)")
            break
          }
          cutCount += 1
        }
      }
      #expect(cutCount >= 4 * test.outputs.count)
    }
  }

  /// What happens to a folder and the files in it, in order.
  private enum Change: Equatable {
    case write(String)
    case sync(String)
    case rename(String, String)

    /// - Parameter line: Of strace, with the paths of descriptors. Calls that failed change nothing.
    init?(_ line: Substring, below folder: String) {
      let quoted = line.matches(of: /"([^"]*)"/).map { String($0.1) }
      let described = line.firstMatch(of: /\(\d+<([^>]*)>/).map { String($0.1) }
      if line.contains("rename("), quoted.count == 2, line.contains(" = 0") {
        self = .rename(quoted[0], quoted[1])
      } else if let path = described, path == folder || path.hasPrefix(folder + "/") {
        guard !line.contains(" = -1") else { return nil }
        self = line.contains("fsync(") ? .sync(path) : .write(path)
      } else {
        return nil
      }
    }
  }

  /// A disk may keep what was not synced, or lose it. So for each file: content on the disk, then the name, then the folder, and
  /// nothing else before that.
  @Test(arguments: cases) func contentIsOnTheDiskBeforeItsNameIs(test: Case) throws {
    try withTemporaryFolder { folder in
      let folder = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
      try putOldOutputs(test, folder)
      let (command, log) = try Interruption.trace(
        test.program, test.arguments(folder), calls: "write,fsync,rename")
      #expect(command.status == 0, "\(command.errors)")
      var changes: [Change] = []
      for line in log.split(separator: "\n") {
        guard let change = Change(line, below: folder) else { continue }
        // One file is written in many parts.
        if case .write = change, changes.last == change { continue }
        changes.append(change)
      }
      var outputs: [String] = []
      while !changes.isEmpty {
        guard case .write(let draft) = changes[0], changes.count >= 4, case .rename(_, let name) = changes[2]
        else {
          Issue.record("\(changes)")
          return
        }
        let place = Path.parent(of: name)
        #expect(draft.hasPrefix(place + "/.spade-"))
        #expect(
          changes.prefix(4) == [.write(draft), .sync(draft), .rename(draft, name), .sync(place)], "\(log)")
        outputs.append(name)
        changes.removeFirst(4)
      }
      #expect(Set(outputs).isSuperset(of: test.outputs.map { "\(folder)/\($0)" }), "\(outputs)")
    }
  }

  /// Ctrl-C and a shutdown take the half-written file with them.
  @Test(arguments: ["SIGTERM", "SIGINT", "SIGHUP"]) func aSignalLeavesNothingBehind(signal: String) throws {
    for test in Self.cases.prefix(2) {
      try withOldOutputs(test) { folder, new in
        for call in ["write", "fsync", "fchmod"] {
          try putOldOutputs(test, folder)
          let interruption = Interruption(call: call, what: "signal=\(signal)", number: 1)
          let (command, _) = try interruption.run(test.program, test.arguments(folder))
          #expect(command.signal == ["SIGHUP": 1, "SIGINT": 2, "SIGTERM": 15][signal], "\(interruption)")
          #expect(try strays(folder) == [])
          for name in test.outputs { #expect(try load("\(folder)/\(name)") == old) }
        }
      }
    }
  }

  /// Every call that writing needs fails once: one sentence, and the old file stays, or the new one where only the folder
  /// could not be put on the disk.
  @Test(arguments: cases) func aFailedCallIsOneSentence(test: Case) throws {
    try withOldOutputs(test) { folder, new in
      let faults = [
        "write:error=ENOSPC", "write:error=EIO", "fsync:error=EIO", "fchmod:error=EPERM", "rename:error=EIO",
      ]
      for fault in faults.map({ $0.split(separator: ":").map(String.init) }) {
        for number in Self.numbers {
          try putOldOutputs(test, folder)
          let interruption = Interruption(call: fault[0], what: fault[1], number: number)
          let (command, happened) = try interruption.run(test.program, test.arguments(folder))
          let reproduction = Comment(rawValue: "\(interruption): \(command.errors)")
          #expect(try strays(folder) == [], reproduction)
          for name in test.outputs {
            let found = try load("\(folder)/\(name)")
            #expect(found == old || found == new[name], reproduction)
          }
          guard happened else { break }
          // Lines on the streams may be lost; files may not.
          let isFile = fault[0] != "write" || command.status != 0
          // A slow machine tells of its progress as well.
          let sentences = command.errorLines.filter { $0.hasPrefix("spade: ") || $0.hasPrefix("spade-run: ") }
          #expect(!isFile || (command.status == 1 && sentences.count == 1), reproduction)
          #expect(!isFile || sentences.first?.contains("cannot be written") == true, reproduction)
        }
      }
    }
  }

  /// A temporary file that cannot be made.
  @Test(arguments: ["ENOSPC", "EMFILE", "EROFS"]) func aFileThatCannotBeMade(error: String) throws {
    let test = Self.cases[0]
    try withTemporaryFolder { folder in
      let (_, log) = try Interruption.trace(test.program, test.arguments(folder), calls: "openat")
      let opened = log.split(separator: "\n").filter { $0.contains("openat(") }
      let number = try #require(opened.firstIndex { $0.contains("/.spade-") }) + 1
      for name in test.outputs { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
      let (command, happened) = try Interruption(call: "openat", what: "error=\(error)", number: number)
        .run(test.program, test.arguments(folder))
      #expect(happened && command.status == 1 && command.errorLines.count == 1, "\(command.errors)")
      #expect(try contents(of: folder) == [])
    }
  }
}
