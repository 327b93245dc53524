import Foundation
import SpadeTestSupport

/// System calls of a program that strace makes fail, or that a signal follows.
struct Interruption {
  /// Such as `fsync`.
  let call: String
  /// As strace has it: `error=EIO` or `signal=SIGKILL`.
  let what: String
  /// Counts the program's calls of this name from 1 on.
  let number: Int

  /// Whether this machine has strace and lets it work.
  static let isPossible =
    FileManager.default.isExecutableFile(atPath: strace)
    && (try? Command(program: [strace], ["-qq", "-o", "/dev/null", "/bin/true"]).status) == 0

  private static let strace = "/usr/bin/strace"

  /// Runs a program and interrupts it.
  /// - Returns: The run, and whether it got as far as that call.
  func run(_ program: String, _ arguments: [String]) throws -> (command: Command, happened: Bool) {
    let (command, log) = try Self.trace(
      program, arguments, calls: call, ["-e", "inject=\(call):\(what):when=\(number)"])
    return (command, log.contains("INJECTED") || command.signal != nil)
  }

  /// Runs a program and logs its calls of these names, with the paths of descriptors.
  static func trace(
    _ program: String, _ arguments: [String], calls: String, _ options: [String] = []
  ) throws -> (command: Command, log: String) {
    try withTemporaryFolder { folder in
      let words = ["-f", "-y", "-qq", "-o", folder + "/log", "-e", "trace=\(calls)"] + options
      let command = try Command(program: [strace] + words + [Command.executable(program)], arguments)
      return (command, String(decoding: try load(folder + "/log"), as: UTF8.self))
    }
  }
}
