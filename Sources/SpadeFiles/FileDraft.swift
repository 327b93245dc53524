import CSpadeSystem

/// What is to become the content of a path, whole or not at all: after `finish`, a power cut included, there is the old file
/// or the new one. Pipes and devices are written straight into. A draft that is not finished leaves nothing behind.
public final class FileDraft {
  private var draft: OpaquePointer?

  /// Follows links. There is one draft at a time; that of another thread waits.
  public init(_ path: String) throws(FileError) {
    var draft: OpaquePointer?
    try FileName.withBytes(path) { spade_draft_begin($0, &draft) }.checkOutput()
    self.draft = draft
  }

  deinit { if let draft { spade_draft_discard(draft) } }

  /// Adds the bytes of `elements` as they lie in memory.
  /// - Precondition: The draft is not finished.
  public func add<Element: BitwiseCopyable>(_ elements: [Element]) throws(FileError) {
    guard !elements.isEmpty else { return }
    let result = elements.withUnsafeBytes {
      spade_draft_add(draft, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), $0.count)
    }
    try result.checkOutput()
  }

  /// - Precondition: The draft is not finished.
  public func finish() throws(FileError) {
    let draft = draft
    self.draft = nil
    try spade_draft_finish(draft).checkOutput()
  }
}
