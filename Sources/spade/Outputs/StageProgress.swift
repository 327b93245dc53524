import Glibc
import SpadeTools

/// Tells on standard error about work that takes longer than two seconds, and about nothing that does not.
///
/// The last stage named is shown two seconds after the start, later ones when they begin. On a terminal it is one line, from half a second
/// on, whose time goes on; elsewhere lines, no more than one in a second.
///
/// A thread looks at the clock. Where there is no memory for one, stages are shown when they begin: libdispatch would wait for memory
/// for ever.
final class StageProgress {
  private let line = ProgressLine()

  init() {
    // The thread keeps its line until it has seen the end.
    let context = Unmanaged.passRetained(line)
    var thread = pthread_t()
    let error = pthread_create(
      &thread, nil,
      {
        // Safe: it is the line that was retained for the thread.
        Unmanaged<ProgressLine>.fromOpaque($0.unsafelyUnwrapped).takeRetainedValue().watch()
        return nil
      }, context.toOpaque())
    if error == 0 { pthread_detach(thread) } else { context.release() }
  }

  deinit { line.finish() }

  /// Names the stage that begins now.
  /// - Parameter part: How many of how many equal parts are done. The first of them begins with 0 done: the time left is told from what
  ///   parts took, not from what came before.
  func begin(_ stage: String, _ part: (done: Int, count: Int)? = nil) { line.begin(stage, part) }

  /// No more lines.
  func finish() { line.finish() }
}

/// The line, or lines, of a `StageProgress`, which two threads write.
private final class ProgressLine {
  // Everything below the lock is read and written under it.
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let start = ContinuousClock.now
  private var stage = ""
  private var part: (done: Int, count: Int)?
  /// When the first of the parts began.
  private var partsStart = ContinuousClock.now
  private var shown: ContinuousClock.Instant?
  /// Whether a stage has begun that was not shown yet.
  private var isNew = false
  private var isFinished = false

  init() { pthread_mutex_init(lock, nil) }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  func begin(_ stage: String, _ part: (done: Int, count: Int)?) {
    locked {
      self.stage = stage
      if part?.done == 0 { partsStart = .now }
      self.part = part
      isNew = true
      showWhereDue()
    }
  }

  func finish() {
    locked {
      if !isFinished, shown != nil { Standard.endProgress() }
      isFinished = true
    }
  }

  /// Shows what is due until the end.
  func watch() {
    var isFinished = false
    while !isFinished {
      usleep(100_000)
      locked {
        showWhereDue()
        isFinished = self.isFinished
      }
    }
  }

  private func locked(_ body: () -> Void) {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    body()
  }

  private func showWhereDue() {
    let now = ContinuousClock.now
    guard !isFinished, !stage.isEmpty, now - start >= .seconds(Standard.isTerminal ? 0.5 : 2) else { return }
    if let shown {
      let isOld = now - shown >= .seconds(1)
      guard Standard.isTerminal ? isNew || isOld : isNew && isOld else { return }
    }
    shown = now
    isNew = false
    let time = TimeLeft.text(
      seconds: (now - start) / .seconds(1), before: (partsStart - start) / .seconds(1), done: part?.done ?? 0,
      of: part?.count ?? 0)
    Standard.progress("\(stage) (\(time))")
  }
}
