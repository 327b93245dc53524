import SpadeModel
import SpadeRuntime

// A model file in the same words wherever it is described.

/// The memory that a model takes with a number of threads.
package struct ArenaSize: Reportable {
  package let threadCount: Int
  package let byteCount: Int

  package init(of model: Model, threadCount: Int) {
    self.threadCount = threadCount
    byteCount = Runtime.arenaByteCount(model: model, threadCount: threadCount)
  }

  package var summary: String {
    "\(byteCount.grouped) bytes with \(threadCount) thread\(threadCount == 1 ? "" : "s")"
  }
}

extension ModelFile {
  package var summary: String { "\(path), \(byteCount.grouped) bytes, format \(ModelFormat.version)" }

  package var pictureSummary: String { "\(model.width)x\(model.height)" }

  /// With 1, 2, 4 and as many threads as this machine has cores.
  package var arenas: [ArenaSize] {
    Set([1, 2, 4, ThreadCount.standard]).sorted().map { ArenaSize(of: model, threadCount: $0) }
  }
}
