import Foundation
import SpadeModel

/// Memory that ends at a page that traps and begins after another, with canaries where it does not fill its pages.
///
/// Reads and writes far outside end the process; writes close by show in `isIntact`.
public final class GuardedMemory {
  public let bytes: UnsafeMutableRawBufferPointer
  private let mapping: UnsafeMutableRawBufferPointer
  /// The pages between the two that trap.
  private let pages: UnsafeMutableRawBufferPointer

  private static let pageByteCount = Int(sysconf(Int32(_SC_PAGESIZE)))
  private static let canary: UInt8 = 0xC7

  /// - Parameter fill: What the bytes hold at first.
  public init(byteCount: Int, alignment: Int = ModelFormat.alignment, fill: UInt8 = 0xA5) {
    let page = Self.pageByteCount
    let inner = ModelFormat.padded(byteCount + alignment, to: page)
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let start = mmap(nil, inner + 2 * page, PROT_NONE, flags, -1, 0), start != MAP_FAILED,
      mprotect(start + page, inner, PROT_READ | PROT_WRITE) == 0
    else { preconditionFailure("no memory for \(byteCount) bytes") }
    mapping = UnsafeMutableRawBufferPointer(start: start, count: inner + 2 * page)
    pages = UnsafeMutableRawBufferPointer(start: start + page, count: inner)
    let offset = (inner - byteCount) / alignment * alignment
    pages.initializeMemory(as: UInt8.self, repeating: Self.canary)
    bytes = UnsafeMutableRawBufferPointer(rebasing: pages[offset..<(offset + byteCount)])
    bytes.initializeMemory(as: UInt8.self, repeating: fill)
  }

  public convenience init(_ contents: [UInt8]) {
    self.init(byteCount: contents.count)
    bytes.copyBytes(from: contents)
  }

  deinit { munmap(mapping.baseAddress!, mapping.count) }

  /// Whether all canaries are alive.
  public var isIntact: Bool {
    let before = bytes.baseAddress! - pages.baseAddress!
    return pages[0..<before].allSatisfy { $0 == Self.canary }
      && pages[(before + bytes.count)...].allSatisfy { $0 == Self.canary }
  }
}
