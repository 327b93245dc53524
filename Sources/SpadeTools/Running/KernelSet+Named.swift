import CSpadeSystem
import SpadeRuntime

extension KernelSet {
  /// Of the compiled sets, slowest first.
  package static var names: [String] { (0..<count).map { String(cString: name(at: $0)) } }

  package var name: String { Self.names[index] }

  /// The sets this CPU runs, slowest first.
  package static var supported: [KernelSet] { (0..<count).compactMap { supported(at: $0) } }

  /// The set of that name, in any case, or the fastest for `auto`.
  package static func named(_ name: String) throws(Failure) -> KernelSet {
    let wanted = name.lowercased()
    if wanted == "auto" { return .best }
    for set in supported where set.name == wanted { return set }
    throw Failure(
      "--isa \(name) is not an instruction set of this CPU; give "
        + "\(supported.map { $0.name }.joined(separator: ", ")) or auto.")
  }
}

/// How many threads a runtime may have.
package enum ThreadCount {
  package static let allowed = 1...64

  /// As many as there are cores for this process.
  package static var standard: Int { min(spade_core_count(), allowed.upperBound) }
}
