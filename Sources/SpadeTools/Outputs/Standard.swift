import CSpadeSystem
import SpadeFiles

/// The two streams a command writes to.
package enum Standard {
  /// A line of the result.
  package static func output(_ line: String) { write(line, to: 1) }

  /// A line that is not the result: errors, notes, progress. On a terminal what it begins with is coloured.
  package static func error(_ line: String) { write(isColored ? colored(line) : line, to: 2) }

  /// Shows how far work is: on a terminal one line that changes, elsewhere a line more.
  package static func progress(_ line: String) {
    guard isTerminal else { return write(line, to: 2) }
    let bytes = Array(FileName.shown(line).utf8)
    bytes.withUnsafeBufferPointer { spade_progress_show($0.baseAddress, $0.count) }
  }

  /// Takes away what `progress` shows on a terminal.
  package static func endProgress() { spade_progress_show(nil, 0) }

  /// Whether errors and progress go to a terminal.
  package static let isTerminal = spade_stream_is_terminal(2) != 0

  /// Nobody wants colours who sets `NO_COLOR`, to anything.
  private static let isColored = isTerminal && areColorsWanted

  /// Whether results may have colours: they go to a terminal, and not into a file or a journal.
  package static let isOutputColored = spade_stream_is_terminal(1) != 0 && areColorsWanted

  private static let areColorsWanted = (SystemText.environment("NO_COLOR") ?? "").isEmpty

  private static func colored(_ line: String) -> String {
    for (start, color) in [("spade: ", "31"), ("spade-run: ", "31"), ("Error: ", "31"), ("note: ", "33")]
    where line.hasPrefix(start) {
      return "\u{1B}[1;\(color)m\(start)\u{1B}[0m\(line.dropFirst(start.count))"
    }
    return line
  }

  /// A result that is a file's content.
  package static func output(bytes: [UInt8]) throws(FileError) {
    let error = bytes.withUnsafeBufferPointer { spade_stream_write(1, $0.baseAddress, $0.count) }
    guard error == 0 else { throw .cannotWrite(errno: error) }
  }

  /// What a path is called in sentences: `-` stands for a standard stream.
  package static func inputName(_ path: String) -> String { path == "-" ? "standard input" : path }

  /// Throws if a line of the result was lost. The last thing that a program does.
  package static func checkOutput() throws(Failure) {
    let error = spade_stream_error()
    if error != 0 { throw Failure("Standard output", FileError.cannotWrite(errno: error)) }
  }

  private static func write(_ line: String, to stream: Int32) {
    let bytes = Array("\(FileName.shown(line))\n".utf8)
    // A line that nobody can read is lost.
    _ = bytes.withUnsafeBufferPointer { spade_stream_write(stream, $0.baseAddress, $0.count) }
  }
}
