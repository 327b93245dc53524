import CSpadeSystem
import SpadeFiles

extension FileError {
  /// The rest of a sentence that begins with the path and a space, without its full stop: what is wrong and what to do.
  package var sentence: String {
    switch self {
    case .cannotOpen(let errno): "cannot be opened (\(reason(errno))); check the path and its permissions"
    case .cannotRead(let errno): "cannot be read (\(reason(errno))); check the disk and try again"
    case .isFolder: "is a folder; give the name of a file"
    case .isStream: "is a pipe or a device; give the name of a file"
    case .tooLarge(let limit): "holds more than the \(limit >> 20) MiB allowed; give a smaller file"
    case .cannotWrite(let errno): "cannot be written (\(reason(errno))); choose another place for the output"
    case .outputIsFolder: "is a folder; give the name of the file to write"
    case .outOfMemory: "needs more memory than there is; close other programs or give a smaller file"
    }
  }
}

/// An `errno` in a few words.
private func reason(_ errno: Int32) -> String {
  if let words = spade_file_reason(errno) { String(cString: words) } else { "system error \(errno)" }
}
