/// Tells how far a frame is that takes longer than two seconds: every two seconds a line on standard error, or on a terminal one line
/// that changes, from half a second on.
package struct FrameProgress {
  private let stage: String
  private let stepCount: Int
  private let start = monotonicTime()
  private var shown: UInt64

  /// - Parameter stage: What the frame is for, such as `painting`.
  package init(_ stage: String, stepCount: Int) {
    self.stage = stage
    self.stepCount = stepCount
    shown = start
  }

  /// A step is done.
  package mutating func finished(step: Int) {
    guard step + 1 < stepCount else {
      if shown > start { Standard.endProgress() }
      return
    }
    let now = monotonicTime()
    let interval: UInt64 = !Standard.isTerminal ? 2_000_000_000 : shown == start ? 500_000_000 : 100_000_000
    guard now - shown >= interval else { return }
    shown = now
    Standard.progress(
      "\(stage): step \(step + 1) of \(stepCount) (\(TimeLeft.text(seconds: Double(now - start) / 1e9, done: step + 1, of: stepCount)))"
    )
  }
}

/// How long work has taken and will still take, if the rest goes as what is done.
package enum TimeLeft {
  /// - Parameter before: Seconds of these before the first part began.
  package static func text(seconds: Double, before: Double = 0, done: Int, of count: Int) -> String {
    guard done > 0 else { return "\(seconds.fixed(0)) s" }
    let left = (seconds - before) * Double(count - done) / Double(done)
    return "\(seconds.fixed(0)) s, about \(left.fixed(0)) s left"
  }
}
