import Foundation
import SpadeTools

/// Lines on standard error about work that takes longer than two seconds; nothing for work that does not.
///
/// The last stage named is printed two seconds after the start, later ones when they begin.
final class StageProgress: @unchecked Sendable {
  // Safe: everything below is read and written under the lock.
  private let lock = NSLock()
  private let start = Date()
  private var stage = ""
  private var isSlow = false
  private var isFinished = false

  init() {
    DispatchQueue.global().asyncAfter(deadline: .now() + 2) { [weak self] in self?.becomeSlow() }
  }

  /// Names the stage that begins now.
  func begin(_ stage: String) {
    lock.withLock {
      self.stage = stage
      if isSlow { show() }
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

  private func show() {
    let seconds = Int(Date().timeIntervalSince(start))
    Standard.error("\(stage) (\(seconds) s)")
  }
}
