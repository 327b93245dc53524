import Foundation

/// One run of a built executable.
struct Command {
  /// The exit code; 128 and the number of the signal that ended it.
  let status: Int32
  let signal: Int32?
  let output: String
  let errors: String

  /// The lines on standard error, but for progress, which a slow machine shows: "calibrating, picture 1 of 2 (3 s)".
  var errorLines: [Substring] {
    errors.split(separator: "\n").filter { $0.wholeMatch(of: /.*\(\d+ s(, about \d+ s left)?\)/) == nil }
  }

  /// Runs `spade` and waits for it.
  init(_ arguments: String...) throws { try self.init(arguments) }

  init(_ arguments: [String]) throws { try self.init(program: [Self.executable("spade")], arguments) }

  /// Runs a program: its path, perhaps after an emulator's path and options.
  init(program: [String], _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program[0])
    process.arguments = program.dropFirst() + arguments
    // Files, because a full pipe would stop the process.
    let folder = FileManager.default.temporaryDirectory
    let outputPath = folder.appendingPathComponent("spade-\(UUID().uuidString).out").path
    let errorPath = folder.appendingPathComponent("spade-\(UUID().uuidString).err").path
    defer { for path in [outputPath, errorPath] { try? FileManager.default.removeItem(atPath: path) } }
    for path in [outputPath, errorPath] { try Data().write(to: URL(fileURLWithPath: path)) }
    process.standardOutput = FileHandle(forWritingAtPath: outputPath)
    process.standardError = FileHandle(forWritingAtPath: errorPath)
    process.standardInput = FileHandle.nullDevice
    // Threads of the test runner block signals, and a child would inherit that.
    var (all, before) = (sigset_t(), sigset_t())
    sigfillset(&all)
    pthread_sigmask(SIG_UNBLOCK, &all, &before)
    try process.run()
    pthread_sigmask(SIG_SETMASK, &before, nil)
    process.waitUntilExit()
    signal = process.terminationReason == .uncaughtSignal ? process.terminationStatus : nil
    status = signal.map { 128 + $0 } ?? process.terminationStatus
    output = try String(contentsOfFile: outputPath, encoding: .utf8)
    errors = try String(contentsOfFile: errorPath, encoding: .utf8)
  }

  /// The instruction sets this CPU runs, from the sentence that refuses another.
  static func instructionSets(for model: String) throws -> [String] {
    let refused = try Command("synthesize", model, "labels.png", "--isa", "none", "-o", "picture.png")
    let list = refused.errors.components(separatedBy: "give ").last ?? ""
    return list.components(separatedBy: " or auto")[0].components(separatedBy: ", ")
  }

  /// The package's executables lie beside the test bundle.
  static func executable(_ name: String) -> String {
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent(name).path
  }
}
