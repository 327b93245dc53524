import SpadeQuantize
import SpadeTools

extension OpenBLAS {
  /// For commands that compute in float32.
  static func require() throws {
    do { try load() } catch {
      throw Failure(
        "OpenBLAS cannot be loaded (\(error.reason)); install it, on Debian: apt install libopenblas0.")
    }
  }
}
