import ArgumentParser

/// A number of bytes as the command line has it: `4000000`, `8M`, `6MiB`, `12MB`.
///
/// k, M and G alone or with iB count in steps of 1024, with B in steps of 1000.
struct ByteCount: ExpressibleByArgument {
  let value: Int

  init?(argument: String) {
    let text = argument.lowercased().filter { $0 != " " }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), let unit = Self.unit(text.dropFirst(digits.count)) else { return nil }
    let bytes = number * unit
    guard bytes >= 1, bytes <= Double(UInt32.max) else { return nil }
    value = Int(bytes)
  }

  private static func unit(_ text: Substring) -> Double? {
    switch text {
    case "", "b": 1
    case "k", "kib": 1024
    case "m", "mib": 1024 * 1024
    case "g", "gib": 1024 * 1024 * 1024
    case "kb": 1e3
    case "mb": 1e6
    case "gb": 1e9
    default: nil
    }
  }
}
