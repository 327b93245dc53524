import CSpadeSystem

/// What is to become the content of a path, whole or not at all: after `finish`, a power cut included, there is the old file
/// or the new one. Pipes and devices are written straight into. A draft that is not finished leaves nothing behind.
public final class FileDraft {
  private var draft: OpaquePointer?

  /// Follows links. There is one draft at a time.
  public init(_ path: String) throws(FileError) {
    var draft: OpaquePointer?
    try FileName.withBytes(path) { spade_draft_begin($0, &draft) }.checkOutput()
    self.draft = draft
  }

  deinit { if let draft { spade_draft_discard(draft) } }

  /// - Precondition: The draft is not finished.
  public func add(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    guard let start = bytes.baseAddress else { return }
    try spade_draft_add(draft, start.assumingMemoryBound(to: UInt8.self), bytes.count).checkOutput()
  }

  /// - Precondition: The draft is not finished.
  public func finish() throws(FileError) {
    let draft = draft
    self.draft = nil
    try spade_draft_finish(draft).checkOutput()
  }
}
