import CSpadeSystem
import SpadeImage

/// A file's bytes, mapped read-only while the value lives.
package final class MappedFile {
  package let bytes: UnsafeRawBufferPointer

  package init(path: String) throws(ImageError) {
    var start: UnsafePointer<UInt8>?
    var count = 0
    let result = spade_file_map(path, &start, &count)
    switch result.status {
    case spade_file_ok: break
    case spade_file_is_folder: throw .isDirectory
    case spade_file_no_memory: throw .outOfMemory
    case spade_file_cannot_open: throw .cannotOpen(errno: result.error)
    default: throw .cannotRead(errno: result.error)
    }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit { spade_file_unmap(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count) }
}
