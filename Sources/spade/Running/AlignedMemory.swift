import Foundation
import SpadeModel

/// Memory for an arena or a model, aligned as both need it, given back with the value.
final class AlignedMemory {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) throws {
    var start: UnsafeMutableRawPointer?
    guard posix_memalign(&start, ModelFormat.alignment, max(byteCount, 1)) == 0, let start else {
      throw Failure(
        "There is no memory for \(byteCount.grouped) bytes; close other programs or use a smaller network.")
    }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
  }

  deinit { free(bytes.baseAddress) }
}
