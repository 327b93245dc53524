import Foundation
import SpadeTools

/// Lines on standard error about work that takes longer than two seconds; nothing for work that does not.
///
/// The last stage named is printed two seconds after the start, later ones when they begin, but no more than one in a second.
final class StageProgress: @unchecked Sendable {
  // Safe: everything below is read and written under the lock.
  private let lock = NSLock()
  private let start = Date()
  private var stage = ""
  private var isSlow = false
  private var shown = Date.distantPast
  private var isWaiting = false
  private var isFinished = false

  init() {
    DispatchQueue.global().asyncAfter(deadline: .now() + 2) { [weak self] in self?.becomeSlow() }
  }

  /// Names the stage that begins now.
  func begin(_ stage: String) {
    lock.withLock {
      self.stage = stage
      if isSlow { showSoon() }
    }
  }

  /// No more lines.
  func finish() { lock.withLock { isFinished = true } }

  private func becomeSlow() {
    lock.withLock {
      guard !isFinished else { return }
      isSlow = true
      if !stage.isEmpty { show() }
    }
  }

  private func showSoon() {
    let pause = 1 - Date().timeIntervalSince(shown)
    guard pause > 0 else { return show() }
    guard !isWaiting else { return }
    isWaiting = true
    DispatchQueue.global().asyncAfter(deadline: .now() + pause) { [weak self] in self?.endWaiting() }
  }

  private func endWaiting() {
    lock.withLock {
      isWaiting = false
      if !isFinished { show() }
    }
  }

  private func show() {
    shown = Date()
    let seconds = Int(shown.timeIntervalSince(start))
    Standard.error("\(stage) (\(seconds) s)")
  }
}
