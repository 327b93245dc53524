import SpadeFiles

/// Why an `opt.txt` cannot be read: one case per rule.
public enum OptionsError: Error, Equatable, Sendable {
  case unreadable(FileError)
  case notText
  case malformedLine(number: Int)
  case repeatedOption(name: String, line: Int)
  case malformedValue(option: String, found: String, wanted: String)
  case unsupportedNetwork(found: String)
}
