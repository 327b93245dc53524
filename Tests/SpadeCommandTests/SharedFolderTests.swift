import Foundation
import SpadeTestSupport
import Testing

/// Processes that paint the same label maps into one folder.
@Suite struct SharedFolderTests {
  private static let programs = ["spade", "spade-run"]

  private func run(_ program: String, _ arguments: [String]) throws -> Command {
    try Command(program: [Command.executable(program)], arguments)
  }

  private static var landscapeMaps: String {
    URL(fileURLWithPath: LandscapesTests.model).deletingLastPathComponent().path + "/calibration"
  }

  /// The same command twice at a time: each says truly what it painted, and no picture is missing or another.
  @Test(arguments: programs) func processesShareAFolder(program: String) throws {
    try withTemporaryFolder { folder in
      let arguments = [
        "synthesize", LandscapesTests.model, Self.landscapeMaps, "--seed", "3", "--threads", "1", "--json",
        "-o",
      ]
      let all = try object(run(program, arguments + [folder + "/alone"]))
      let expected = try #require(all["pictures"] as? [[String: Any]])
      let names = expected.compactMap { ($0["path"] as? String)?.split(separator: "/").last.map(String.init) }
      try #require(names.count == 24)
      #expect(names == names.sorted(), "a report has the order of the maps' names")
      let outcomes = Outcomes()
      DispatchQueue.concurrentPerform(iterations: 2) { index in
        outcomes.set(index, Result { try run(program, arguments + [folder + "/shared"]) })
      }
      for outcome in outcomes.all {
        let command = try #require(outcome).get()
        #expect(command.status == 0, "\(command.errors)")
        let painted = try #require(object(command)["pictures"] as? [[String: Any]]).count
        // Those that were there when it began, and those that came meanwhile.
        let noted = command.errors.matches(of: /note: (\d+) of/).compactMap { Int($0.1) }.reduce(0, +)
        #expect(painted + noted == 24, "\(command.errors)")
      }
      #expect(try contents(of: folder + "/shared") == names)
      for name in names {
        #expect(try load(folder + "/shared/" + name) == load(folder + "/alone/" + name))
      }
    }
  }

  /// A process that stands still after its first picture, because nobody reads what it prints, leaves the rest to another and meets them.
  @Test(arguments: programs) func picturesOfAnotherProcessAreNotPaintedAgain(program: String) throws {
    try withTemporaryFolder { folder in
      let arguments = [
        "synthesize", LandscapesTests.model, Self.landscapeMaps, "--seed", "3", "--threads", "1", "-o",
        folder + "/shared",
      ]
      let (output, errors) = (Pipe(), folder + "/errors.txt")
      try save([], errors)
      let full = try fill(output.fileHandleForWriting)
      let halted = Process()
      halted.executableURL = URL(fileURLWithPath: Command.executable(program))
      halted.arguments = arguments
      halted.standardOutput = output
      halted.standardError = FileHandle(forWritingAtPath: errors)
      halted.standardInput = FileHandle.nullDevice
      try halted.run()
      while halted.isRunning,
        try FileManager.default.fileExists(atPath: folder + "/shared") == false
          || contents(of: folder + "/shared").filter({ $0.hasSuffix(".png") && !$0.hasPrefix(".") }).isEmpty
      {
        usleep(1000)
      }
      let other = try run(program, arguments)
      #expect(other.status == 0 && other.output.contains("23 pictures in"), "\(other.output)\(other.errors)")
      #expect(other.errors.hasPrefix("note: 1 of 24 pictures are in"), "\(other.errors)")
      try output.fileHandleForWriting.close()
      let printed = try #require(try output.fileHandleForReading.readToEnd()).dropFirst(full)
      halted.waitUntilExit()
      let said = try #require(String(data: Data(printed), encoding: .utf8))
      #expect(halted.terminationStatus == 0 && said.contains("1 picture in"), "\(said)")
      let met = try String(contentsOfFile: errors, encoding: .utf8)
      #expect(met.contains("note: 23 of 24 pictures were painted by another process meanwhile."), "\(met)")
      #expect(try contents(of: folder + "/shared").count == 24)
    }
  }

  /// Writes into a pipe until it takes no more, and returns how many bytes it took.
  private func fill(_ pipe: FileHandle) throws -> Int {
    let descriptor = pipe.fileDescriptor
    let flags = fcntl(descriptor, F_GETFL)
    try #require(fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) == 0)
    defer { _ = fcntl(descriptor, F_SETFL, flags) }
    let line = [UInt8](repeating: 10, count: 512)
    var (count, written) = (0, write(descriptor, line, line.count))
    while written > 0 {
      count += written
      written = write(descriptor, line, line.count)
    }
    return count
  }

  /// What two threads find.
  private final class Outcomes: @unchecked Sendable {
    // Safe: the lock is held whenever `all` is changed.
    private let lock = NSLock()
    private(set) var all: [Result<Command, any Error>?] = [nil, nil]

    func set(_ index: Int, _ outcome: Result<Command, any Error>) { lock.withLock { all[index] = outcome } }
  }
}
