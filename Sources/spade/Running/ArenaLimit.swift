import SpadeBoards
import SpadeCost
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// The arena that a new model may need, and who said so.
struct ArenaLimit {
  private let byteCount: Int
  private let machine: Machine
  /// As a sentence names it.
  private let name: String
  /// What to give for an arena of so many bytes.
  private let advice: (Int) -> String

  init(maxRAM: ByteCount) {
    byteCount = maxRAM.value
    machine = .reference(threadCount: 1)
    name = "--max-ram \(maxRAM.value.grouped) bytes"
    advice = { "give --max-ram \($0) or more" }
  }

  init(board: Board) {
    byteCount = board.arenaByteCount
    machine = board.machine
    name =
      "\(board.arenaByteCount.grouped) bytes with \(board.threadCount) threads, planned for \(board.name)"
    advice = { _ in "give --max-ram for one thread instead" }
  }

  var request: PlanRequest { PlanRequest(.arena(byteCount: byteCount), machine: machine) }

  func check(_ model: Model) throws {
    try check(smallest: Runtime.arenaByteCount(model: model, threadCount: machine.threadCount))
  }

  /// - Parameter needed: The bytes of the smallest arena.
  func check(smallest needed: Int) throws {
    guard needed > byteCount else { return }
    throw Failure(
      "No memory plan of this network fits \(name): the smallest arena has \(needed.grouped); \(advice(needed))."
    )
  }
}
