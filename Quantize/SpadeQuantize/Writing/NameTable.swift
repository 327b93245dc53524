/// Names of at most 32 bytes, each once.
struct NameTable {
  private(set) var names: [String] = []
  private var indices: [String: UInt32] = [:]

  /// The name's index, appended on first use.
  mutating func index(_ name: String) -> UInt32 {
    if let known = indices[name] { return known }
    let index = UInt32(names.count)
    names.append(name)
    indices[name] = index
    return index
  }
}
