import COpenBLAS

/// The library behind the float32 convolutions, loaded at run time.
public enum OpenBLAS {
  /// Why the library cannot be loaded, in the system's words.
  public struct Missing: Error, Equatable { public let reason: String }

  /// Loads the library. Whoever makes a `Reference`, an `EncoderReference` or a `CompiledModel` calls this first;
  /// without the library they end the program.
  public static func load() throws(Missing) {
    if let reason = spade_openblas_load() { throw Missing(reason: String(cString: reason)) }
  }
}
