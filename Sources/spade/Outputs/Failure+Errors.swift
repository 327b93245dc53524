import SpadeFiles
import SpadeImage
import SpadeModel
import SpadeQuantize
import SpadeTools

extension Failure {
  /// An error of the libraries, about the file at `path`.
  init(_ path: String, _ error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as ImageError: self.init(path, error)
    case let error as ModelError: self.init(path, error)
    case let error as InputError: self.init(path, error)
    case let error as FileError: self.init(path, error)
    case let error as CheckpointError: self.init(path, error)
    case let error as CheckpointFolderError: self.init("\(path): \(error.sentence)")
    case let error as ConfigurationError: self.init("\(path): \(error.sentence)")
    case let error as OptionsError: self.init("\(path): \(error.sentence)")
    case let error as ClassListError: self.init("\(path) \(error.sentence)")
    case let error as QuantizationError: self.init("\(path): \(error.sentence)")
    default: self.init("\(path): \(error)")
    }
  }
}

/// What `body` returns; what it throws becomes a failure about the file at `path`.
func about<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
  do { return try body() } catch { throw Failure(path, error) }
}
