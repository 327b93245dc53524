import CSpadeSystem
import SpadeModel

/// Memory for an arena or a model, aligned as both need it, given back with the value.
package final class AlignedMemory {
  package let bytes: UnsafeMutableRawBufferPointer

  package init(byteCount: Int) throws(Failure) {
    guard let start = spade_memory_take(ModelFormat.alignment, max(byteCount, 1)) else {
      throw Failure(
        "There is no memory for \(byteCount.grouped) bytes; close other programs or use a smaller network.")
    }
    bytes = UnsafeMutableRawBufferPointer(start: start, count: byteCount)
  }

  deinit { spade_memory_free(bytes.baseAddress) }
}
