import CPeak
import Foundation

/// How fast this CPU runs the multiply-add instructions of each kernel set on one core.
enum Peak {
  private static let trialCount = 1000
  private static let trialSeconds = 0.001

  /// Multiply-adds a second, the fastest of many short trials; `nil` where there is no loop of that name.
  static func measure(_ name: String) -> Double? {
    guard peak_run(name, 1) > 0 else { return nil }
    var rounds: UInt64 = 1
    while seconds(name, rounds).time < trialSeconds { rounds *= 2 }
    return (0..<trialCount).map { _ in
      let (time, work) = seconds(name, rounds)
      return Double(work) / time
    }.max()
  }

  private static func seconds(_ name: String, _ rounds: UInt64) -> (time: Double, work: UInt64) {
    let start = DispatchTime.now().uptimeNanoseconds
    let work = peak_run(name, rounds)
    return (Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9, work)
  }
}
