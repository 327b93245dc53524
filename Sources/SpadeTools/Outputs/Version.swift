import CSpade
import CSpadeSystem

/// The project's version, for both programs. `spade.h` has it, in one place for everything that is built.
package enum Version {
  package static var text: String { SPADE_VERSION }

  /// With what git says of the sources, where the build was told: `0.2.0 (v0.2.0-3-g0123456)`.
  package static var described: String {
    guard let description = spade_build_description() else { return text }
    return "\(text) (\(String(cString: description)))"
  }

  /// As reports name what made them.
  package static var program: String { "spade \(described)" }
}
