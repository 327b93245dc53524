import SpadeFiles
import SpadeImage
import SpadeModel

/// Something a person has to put right, as one plain sentence on one line: which file, what is wrong, what to do.
package struct Failure: Error {
  package let sentence: String

  package init(_ sentence: String) {
    // Names of files may hold line breaks.
    self.sentence = String(
      decoding: sentence.utf8.map { (0x0A...0x0D).contains($0) ? 0x20 : $0 }, as: UTF8.self)
  }

  /// An error about the file or folder at `path`.
  package init(_ path: String, _ error: FileError) { self.init("\(path) \(error.sentence).") }

  /// An error about the picture or array at `path`.
  package init(_ path: String, _ error: ImageError) { self.init("\(path) \(error.sentence).") }

  /// An error about the model file at `path`.
  package init(_ path: String, _ error: ModelError) { self.init("\(path) \(error.sentence).") }

  /// An error in a frame of the model file at `path`.
  package init(_ path: String, _ error: InputError) { self.init("\(path) \(error.sentence).") }
}
