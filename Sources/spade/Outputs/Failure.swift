import SpadeImage
import SpadeModel
import SpadeQuantize

/// Something a person has to put right, as one plain sentence on one line: which file, what is wrong, what to do.
struct Failure: Error {
  let sentence: String

  init(_ sentence: String) {
    self.sentence = sentence.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  /// An error of the libraries, about the file at `path`.
  init(_ path: String, _ error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as ImageError: self.init("\(path) \(error).")
    case let error as ModelError: self.init("\(path) \(error.sentence).")
    case let error as InputError: self.init("\(path) \(error.sentence).")
    case let error as CheckpointError: self.init("\(path): \(error.description.dropLast()); \(error.advice).")
    default: self.init("\(path): \(error)")
    }
  }
}

/// What `body` returns; what it throws becomes a failure about the file at `path`.
func about<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch { throw Failure(path, error) }
}
