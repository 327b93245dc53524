import Foundation
import SpadeImage

/// A file's bytes, mapped read-only while the value lives.
final class MappedFile {
  let bytes: UnsafeRawBufferPointer

  init(path: String) throws(ImageError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .cannotOpen(errno: errno) }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0 else { throw .cannotRead(errno: errno) }
    guard about.st_mode & S_IFMT != S_IFDIR else { throw .isDirectory }
    guard about.st_size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let count = Int(about.st_size)
    guard let start = mmap(nil, count, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      throw .cannotRead(errno: errno)
    }
    bytes = UnsafeRawBufferPointer(start: start, count: count)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }
}
