import CSpadeSystem

/// Tells how far work of many equal tasks is that takes longer than two seconds. Threads may finish tasks side by side.
package final class TaskProgress: @unchecked Sendable {
  // Safe: threads change it through C's atomic operation only.
  private let doneCount: UnsafeMutablePointer<Int>
  private let stage: String
  private let count: Int
  private let start = monotonicTime()

  /// - Parameter stage: What a task is, such as `painting picture`.
  package init(_ stage: String, count: Int) {
    self.stage = stage
    self.count = count
    doneCount = .allocate(capacity: 1)
    doneCount.initialize(to: 0)
  }

  deinit { doneCount.deallocate() }

  package func finishedOne() {
    let done = spade_count_up(doneCount)
    let seconds = Double(monotonicTime() - start) / 1e9
    let isDue = Standard.isTerminal ? seconds >= 0.5 : done % max(1, count / 20) == 0 && seconds >= 2
    guard isDue, done < count else { return }
    Standard.progress(
      "\(stage) \(done + 1) of \(count) (\(TimeLeft.text(seconds: seconds, done: done, of: count)))")
  }

  package func end() { Standard.endProgress() }
}
