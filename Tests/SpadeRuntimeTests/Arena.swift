import SpadeModel
import SpadeRuntime

/// Aligned memory that lives as long as the value.
final class Arena {
  let bytes: UnsafeMutableRawBufferPointer

  init(byteCount: Int) {
    bytes = .allocate(byteCount: byteCount, alignment: ModelFormat.alignment)
    // Whatever a run reads before it has written should show.
    bytes.initializeMemory(as: UInt8.self, repeating: 0xA5)
  }

  convenience init(_ contents: [UInt8]) {
    self.init(byteCount: contents.count)
    bytes.copyBytes(from: contents)
  }

  deinit { bytes.deallocate() }
}
