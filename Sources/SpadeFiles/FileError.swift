/// Why a file or a folder could not be read or written. One case per rule.
public enum FileError: Error, Equatable, Sendable {
  case cannotOpen(errno: Int32)
  case cannotRead(errno: Int32)
  case isFolder
  /// A pipe or a device where only a file will do.
  case isStream
  case tooLarge(byteLimit: Int)
  case cannotWrite(errno: Int32)
  case outputIsFolder
  case outOfMemory
}
