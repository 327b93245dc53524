import Dispatch
import SpadeTools

/// Tells on standard error about work that takes longer than two seconds, and about nothing that does not.
///
/// The last stage named is shown two seconds after the start, later ones when they begin. On a terminal it is one line, from half a second
/// on, whose time goes on; elsewhere lines, no more than one in a second.
final class StageProgress: @unchecked Sendable {
  // Safe: everything below is read and written on the queue.
  private let queue = DispatchQueue(label: "progress")
  private let start = ContinuousClock.now
  private var stage = ""
  private var part: (done: Int, count: Int)?
  private var isSlow = false
  private var shown: ContinuousClock.Instant?
  private var isWaiting = false
  private var isFinished = false

  init() { tick(after: Standard.isTerminal ? 0.5 : 2) }

  /// Names the stage that begins now.
  /// - Parameter part: How many of how many equal parts of all work are done.
  func begin(_ stage: String, _ part: (done: Int, count: Int)? = nil) {
    queue.sync {
      self.stage = stage
      self.part = part
      if isSlow { showSoon() }
    }
  }

  /// No more lines.
  func finish() {
    queue.sync {
      isFinished = true
      if isSlow { Standard.endProgress() }
    }
  }

  private func tick(after seconds: Double) {
    queue.asyncAfter(deadline: .now() + seconds) { [weak self] in self?.goOn() }
  }

  private func goOn() {
    guard !isFinished else { return }
    isSlow = true
    if !stage.isEmpty { show() }
    if Standard.isTerminal { tick(after: 1) }
  }

  private func showSoon() {
    guard !Standard.isTerminal, let shown else { return show() }
    let pause = 1 - (ContinuousClock.now - shown) / .seconds(1)
    guard pause > 0 else { return show() }
    guard !isWaiting else { return }
    isWaiting = true
    queue.asyncAfter(deadline: .now() + pause) { [weak self] in self?.endWaiting() }
  }

  private func endWaiting() {
    isWaiting = false
    if !isFinished { show() }
  }

  private func show() {
    let now = ContinuousClock.now
    shown = now
    let seconds = (now - start) / .seconds(1)
    let time = TimeLeft.text(seconds: seconds, done: part?.done ?? 0, of: part?.count ?? 0)
    Standard.progress("\(stage) (\(time))")
  }
}
