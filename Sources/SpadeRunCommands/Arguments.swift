import SpadeImage
import SpadeRuntime
import SpadeTools

/// What was written after a command's name: operands in order, options by name.
struct Arguments {
  private(set) var operands: [String] = []
  private var values: [(name: String, value: String)] = []

  /// Options are `--name value`, `--name=value` or, where there is one, the short form; after `--` come operands only.
  init(_ words: [String], of command: Command) throws(Stop) {
    var index = 0
    var isPlain = false
    while index < words.count {
      let word = words[index]
      index += 1
      if isPlain || word == "-" || !word.hasPrefix("-") {
        operands.append(word)
      } else if word == "--" {
        isPlain = true
      } else {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard
          let option = command.options.first(where: { $0.name == parts[0] || $0.short == String(parts[0]) })
        else {
          if let wrong = FixedSize.fault(of: String(parts[0])),
            command.options.contains(where: { $0.name == "--scale" })
          {
            throw .usage(wrong, command)
          }
          let names = command.options.map { $0.name }
          let meant =
            parts[0] == "--fps" && names.contains("--rate")
            ? "--rate" : suggestion(for: String(parts[0]), of: names)
          throw .usage(
            "\(command.name) has no option \(parts[0])\(meant.map { "; did you mean \($0)?" } ?? ".")",
            command)
        }
        guard self[option.name] == nil else { throw .usage("\(option.name) is given twice.", command) }
        if option.value == nil {
          guard parts.count == 1 else { throw .usage("\(option.name) takes no value.", command) }
          values.append((option.name, ""))
        } else if parts.count == 2 {
          values.append((option.name, String(parts[1])))
        } else {
          guard index < words.count else { throw .usage("\(word) needs a value.", command) }
          values.append((option.name, words[index]))
          index += 1
        }
      }
    }
    let required = command.requiredCount ?? command.operands.count
    guard operands.count >= required else {
      throw .usage("<\(command.operands[operands.count])> is missing.", command)
    }
    guard operands.count <= command.operands.count else {
      throw .usage("\(operands[command.operands.count]) is one argument too many.", command)
    }
  }

  /// The value of an option, if it was given.
  subscript(name: String) -> String? { values.first { $0.name == name }?.value }

  /// Whether a flag was given.
  func has(_ name: String) -> Bool { self[name] != nil }

  func number(_ name: String, in range: ClosedRange<Int>) throws(Stop) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .usage("\(name) is \(text); give \(range.lowerBound) to \(range.upperBound).", nil)
    }
    return number
  }

  func threadCount() throws(Stop) -> Int {
    try number("--threads", in: ThreadCount.allowed) ?? ThreadCount.standard
  }

  func kernels() throws(Stop) -> KernelSet {
    do { return try .named(self["--isa"] ?? "auto") } catch { throw .usage(error.sentence, nil) }
  }

  func style() throws(Stop) -> StyleSource {
    let given = ["--seed", "--style", "--blend", "--z"].filter { self[$0] != nil }
    guard given.count <= 1 else {
      throw .usage("Give one of \(given.listed), not \(given.count == 2 ? "both" : "all").", nil)
    }
    if let path = self["--z"] { return .array(path: path) }
    if let path = self["--style"] { return .file(path: path) }
    if let text = self["--blend"] {
      do { return .blend(try StyleBlend(text)) } catch { throw .usage(error.sentence, nil) }
    }
    guard let text = self["--seed"] else { return .unspecified }
    guard let seed = UInt64(text) else {
      throw .usage("--seed is \(text); \(StyleSource.fault(ofSeed: text))", nil)
    }
    return .seed(seed)
  }

  func styles() throws(Stop) -> StyleList? {
    guard let text = self["--styles"] else { return nil }
    do { return try StyleList(text) } catch { throw .usage(error.sentence, nil) }
  }

  func fit() throws(Stop) -> Fit? {
    guard let text = self["--fit"] else { return nil }
    guard let fit = Fit(rawValue: text) else {
      throw .usage("--fit is \(text); give crop, pad or stretch.", nil)
    }
    return fit
  }

  func enlargement() throws(Stop) -> Enlargement {
    guard let text = self["--scale"] else { return .none }
    guard let scale = Int(text), let enlargement = Enlargement(rawValue: scale) else {
      throw .usage("--scale is \(text); give 1, 2 or 4.", nil)
    }
    return enlargement
  }

  func palette() throws(Stop) -> LabelReading.Colors? {
    guard let text = self["--palette"] else { return nil }
    guard let colors = LabelReading.Colors(rawValue: text) else {
      throw .usage("--palette is \(text); give model or gaugan.", nil)
    }
    return colors
  }
}
