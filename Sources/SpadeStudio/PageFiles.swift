import CStudioPage
import SpadeModel

/// The files of the page, compressed once, with the tags by which browsers know them again.
struct PageFiles {
  private struct Entry {
    let path: String
    let type: String
    let plain: UnsafeBufferPointer<UInt8>
    /// `nil` where there was no memory for it.
    let compressed: UnsafeBufferPointer<UInt8>?
    let tag: String
  }

  private let entries: [Entry]

  init() {
    entries = (0..<spade_page_file_count()).map { index in
      let file = spade_page_file_at(index)
      let plain = UnsafeBufferPointer(start: file.bytes, count: file.byte_count)
      var count = 0
      let compressed = spade_page_compress(file, &count)
      let sum = Checksum.of(UnsafeRawBufferPointer(plain))
      return Entry(
        path: String(cString: file.path), type: String(cString: file.content_type), plain: plain,
        compressed: compressed.map { UnsafeBufferPointer(start: $0, count: count) },
        tag: "\"\(String(sum, radix: 16))\"")
    }
  }

  /// - Returns: whether there is a file of the request's path; then it has been answered.
  func answer(_ exchange: Exchange) -> Bool {
    let path = exchange.path
    guard let entry = entries.first(where: { $0.path == path }) else { return false }
    exchange.setHeader("Cache-Control", "no-cache")
    exchange.setHeader("ETag", entry.tag)
    exchange.setHeader("Vary", "Accept-Encoding")
    if exchange.header("If-None-Match") == entry.tag {
      exchange.answer(304, entry.type, [])
    } else if let compressed = entry.compressed, Self.takesGzip(exchange.header("Accept-Encoding")) {
      exchange.setHeader("Content-Encoding", "gzip")
      exchange.answer(200, entry.type, compressed)
    } else {
      exchange.answer(200, entry.type, entry.plain)
    }
    return true
  }

  private static func takesGzip(_ header: String?) -> Bool {
    guard let header else { return false }
    return header.utf8.split(separator: UInt8(ascii: ",")).contains { part in
      let name = part.drop { $0 == UInt8(ascii: " ") }.prefix {
        $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ")
      }
      return name.elementsEqual("gzip".utf8)
    }
  }
}
