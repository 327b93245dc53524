import CSpadeSystem
import SpadeFiles

/// The two streams a command writes to.
package enum Standard {
  /// A line of the result.
  package static func output(_ line: String) { write(line, to: 1) }

  /// A line that is not the result: errors, notes, progress.
  package static func error(_ line: String) { write(line, to: 2) }

  /// Throws if a line of the result was lost. The last thing that a program does.
  package static func checkOutput() throws(Failure) {
    let error = spade_stream_error()
    if error != 0 { throw Failure("Standard output", FileError.cannotWrite(errno: error)) }
  }

  private static func write(_ line: String, to stream: Int32) {
    let bytes = Array("\(FileName.shown(line))\n".utf8)
    bytes.withUnsafeBufferPointer { spade_stream_write(stream, $0.baseAddress, $0.count) }
  }
}
