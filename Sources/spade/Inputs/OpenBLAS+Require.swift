import SpadeQuantize
import SpadeTools

extension OpenBLAS {
  /// The library itself, and for each core what its products take, 128 MiB, and a thread with a heap: without memory it would wait for
  /// some forever.
  private static var byteCount: Int { (64 + (128 + 160) * ThreadCount.standard) << 20 }

  /// For commands that compute in float32.
  /// - Parameters:
  ///   - workByteCount: Of memory that the command takes besides.
  ///   - path: The network's, for messages.
  static func require(besides workByteCount: Int, for path: String) throws {
    try requireMemory(byteCount + workByteCount, for: path)
    do { try load() } catch {
      throw Failure(
        "OpenBLAS cannot be loaded (\(error.reason)); install it, on Debian: apt install libopenblas0.")
    }
  }
}
