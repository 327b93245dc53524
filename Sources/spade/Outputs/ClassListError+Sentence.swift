import SpadeQuantize

extension ClassListError {
  /// What follows the file's name.
  var sentence: String {
    switch self {
    case .notText: "cannot be read as UTF-8 text; give a file with one class name a line."
    case .noClass(let line):
      "has no class on line \(line); write a name, then perhaps #rrggbb or three numbers of 0 to 255."
    }
  }
}
