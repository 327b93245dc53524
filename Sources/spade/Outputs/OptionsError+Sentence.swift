import SpadeQuantize
import SpadeTools

extension OptionsError {
  /// One plain sentence. The file's name is the caller's.
  var sentence: String {
    switch self {
    case .unreadable(let error): "The file \(error.sentence)."
    case .notText: "The file is not UTF-8 text."
    case .malformedLine(let number): "Line \(number) is not of the form 'name: value'."
    case .repeatedOption(let name, let line):
      "Option '\(brief(name))' is given a second time on line \(line)."
    case .malformedValue(let option, let found, let wanted):
      "Option '\(option)' is '\(brief(found))'; \(wanted) is wanted."
    case .unsupportedNetwork(let found):
      "Option 'netG' is '\(brief(found))'; 'spade', 'mobile_spade' and 'sub_mobile_spade' are read."
    }
  }
}
