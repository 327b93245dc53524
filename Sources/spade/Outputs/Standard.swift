import Foundation

/// The two streams a command writes to.
enum Standard {
  /// A line of the result.
  static func output(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

  /// A line that is not the result: errors, notes, progress.
  static func error(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }
}
