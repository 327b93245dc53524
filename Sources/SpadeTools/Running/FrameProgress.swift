/// Lines on standard error about a frame that takes longer than two seconds: one every two seconds.
package struct FrameProgress {
  private static let interval: UInt64 = 2_000_000_000

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
    let now = monotonicTime()
    guard now - shown >= Self.interval else { return }
    shown = now
    Standard.error("\(stage): step \(step + 1) of \(stepCount) (\((now - start) / 1_000_000_000) s)")
  }
}
