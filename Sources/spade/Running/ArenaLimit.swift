import SpadeBoards
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// The arena that a new model may need, and who said so.
struct ArenaLimit {
  let budget: MemoryBudget
  /// As a sentence names it.
  private let name: String
  /// What to give for an arena of so many bytes.
  private let advice: (Int) -> String

  init(maxRAM: ByteCount) {
    budget = MemoryBudget(byteCount: maxRAM.value)
    name = "--max-ram \(maxRAM.value.grouped) bytes"
    advice = { "give --max-ram \($0) or more" }
  }

  init(board: Board) {
    budget = MemoryBudget(
      byteCount: board.arenaByteCount, threadCount: board.threadCount,
      hasTiles: board.machine.hasTiles)
    name =
      "\(board.arenaByteCount.grouped) bytes with \(board.threadCount) threads, planned for \(board.name)"
    advice = { _ in "give --max-ram for one thread instead" }
  }

  func check(_ model: Model) throws {
    let needed = Runtime.arenaByteCount(model: model, threadCount: budget.threadCount)
    guard needed > budget.byteCount else { return }
    throw Failure(
      "No memory plan of this network fits \(name): the smallest arena has \(needed.grouped); \(advice(needed))."
    )
  }
}
