/// Why an `opt.txt` cannot be read: one case a rule.
public enum OptionsError: Error, Equatable, Sendable {
  case unreadable(reason: String)
  case notText
  case malformedLine(number: Int)
  case repeatedOption(name: String, line: Int)
  case malformedValue(option: String, found: String, wanted: String)
  case unsupportedNetwork(found: String)
}

extension OptionsError: CustomStringConvertible {
  /// One plain sentence. The file's name is the caller's.
  public var description: String {
    switch self {
    case .unreadable(let reason): "The file cannot be read: \(reason)."
    case .notText: "The file is not UTF-8 text."
    case .malformedLine(let number): "Line \(number) is not of the form 'name: value'."
    case .repeatedOption(let name, let line): "Option '\(name)' is given a second time on line \(line)."
    case .malformedValue(let option, let found, let wanted):
      "Option '\(option)' is '\(found)'; \(wanted) is wanted."
    case .unsupportedNetwork(let found): "Option 'netG' is '\(found)'; only 'spade' is supported."
    }
  }
}
