import SpadeModel

/// Names of at most 32 bytes, each once.
struct NameTable {
  private(set) var names: [String] = []
  private var indices: [String: NameIndex] = [:]

  /// The name's index, appended on first use.
  mutating func index(_ name: String) -> NameIndex {
    if let known = indices[name] { return known }
    let index = NameIndex(names.count)
    names.append(name)
    indices[name] = index
    return index
  }
}
