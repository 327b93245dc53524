import Foundation
import SpadeBoards
import SpadeCost
import Testing

@testable import SpadeTargets

@Suite struct BoardTests {
  private static let boards = (0..<Board.count).map(Board.at)

  @Test func everyFolderIsABoardOfItsName() throws {
    let targets = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../Targets")
    let folders = try FileManager.default.contentsOfDirectory(atPath: targets.path).filter { name in
      let files = try? FileManager.default.contentsOfDirectory(atPath: "\(targets.path)/\(name)")
      return files?.contains { $0.hasSuffix(".swift") } ?? false
    }
    #expect(Self.boards.map(\.name.description) == folders.sorted())
    for board in Self.boards {
      let name = board.name.description
      #expect(Board.named(name.utf8)?.title.description == board.title.description)
      #expect(Board.named((name + "x").utf8) == nil && Board.named(name.dropLast().utf8) == nil)
    }
    #expect(Board.named("".utf8) == nil)
  }

  /// What the boards' firmware writes into the device tree, with the zero at its end.
  @Test(arguments: [
    ("Raspberry Pi Zero 2 W Rev 1.0", "raspberry-pi-zero-2-w"),
    ("Raspberry Pi 3 Model B Plus Rev 1.3", "raspberry-pi-3"),
    ("Raspberry Pi 3 Model B Rev 1.2", "raspberry-pi-3"),
    ("Raspberry Pi 4 Model B Rev 1.4", "raspberry-pi-4"),
    ("Raspberry Pi 400 Rev 1.0", "raspberry-pi-4"),
    ("Raspberry Pi 5 Model B Rev 1.0", "raspberry-pi-5"),
    ("Raspberry Pi Zero W Rev 1.1", nil),
    ("Raspberry Pi 2 Model B Rev 1.1", nil),
    ("Raspberry Pi", nil),
    ("", nil),
  ]) func aBoardIsKnownByItsDeviceTree(model: String, name: String?) {
    #expect(Board.running(deviceTreeModel: Array(model.utf8) + [0])?.name.description == name)
  }

  @Test func noKernelIsFasterThanItsCoreAllows() {
    for board in Self.boards {
      let rates = board.core.rates
      #expect(rates.multiplyAdds <= board.core.peakMultiplyAddsPerCycle, "\(board.name)")
      #expect(rates.multiplyAdds >= 0.85 * board.core.peakMultiplyAddsPerCycle, "\(board.name)")
      #expect((1...board.coreCount).contains(board.threadCount), "\(board.name)")
      #expect(
        board.arenaByteCount <= Board.usableByteCount(memoryByteCount: board.memory.smallest), "\(board.name)"
      )
    }
  }

  /// A tile's product does the work of four others.
  @Test func tilesAreThereWhereTheyPay() {
    for board in Self.boards {
      let rates = board.core.rates
      #expect((rates.tiles != nil) == (board.core.kernelSet.description == "neon"), "\(board.name)")
      guard let tiles = rates.tiles else { continue }
      #expect(4 * tiles.multiplyAdds > 2 * rates.multiplyAdds, "\(board.name)")
      #expect(board.arenaByteCount > board.cacheByteCount, "\(board.name)")
    }
  }

  @Test func theSmallestMemoryThatHolds() {
    let board = Board.raspberryPi4
    let gibibyte = 1 << 30
    #expect(board.memory(holding: 0) == gibibyte)
    #expect(board.memory(holding: gibibyte / 2) == gibibyte)
    #expect(board.memory(holding: gibibyte / 2 + 1) == 2 * gibibyte)
    #expect(board.memory(holding: 4 * gibibyte) == 8 * gibibyte)
    #expect(board.memory(holding: 4 * gibibyte + 1) == nil)
  }

  @Test func everyKindOfWorkInTilesTakesItsTime() throws {
    let board = Board.raspberryPi4
    let rates = try #require(board.core.rates.tiles)
    var work = Work()
    work.tiles.multiplyAdds = rates.multiplyAdds * 1e9
    work.tiles.codePoints = 2 * rates.codePoints * 1e9
    work.tiles.weightPoints = 3 * rates.weightPoints * 1e9
    work.tiles.sumPoints = 4 * rates.sumPoints * 1e9
    #expect(abs(board.machine.cycles(work) - 10e9) < 1)
    var sum = work
    sum += work
    #expect(abs(board.machine.cycles(sum) - 20e9) < 1)
  }

  @Test func aLoopTakesTheLongerOfArithmeticAndMemory() {
    let board = Board.raspberryPiZero2W
    var machine = board.machine
    machine.loopSeconds = 0
    var loop = LoopWork()
    loop.taskCount = 8
    // A second of four cores.
    loop.work.multiplyAdds = 2 * board.core.rates.multiplyAdds * 1e9
    loop.work.modulatedValues = 1 * board.core.rates.modulatedValues * 1e9
    loop.work.tapAdditions = 1 * board.core.rates.tapAdditions * 1e9
    #expect(abs(machine.seconds(loop) - 1) < 1e-9)
    loop.work.byteCount = machine.memoryByteRate
    #expect(abs(machine.seconds(loop) - 1) < 1e-9)
    loop.work.byteCount *= 3
    #expect(abs(machine.seconds(loop) - 3) < 1e-9)
    machine.loopSeconds = 0.5
    #expect(abs(machine.seconds(loop) - 3.5) < 1e-9)
  }

  /// Five tasks on four threads take as long as two after each other.
  @Test func threadsWaitForTheLastTask() {
    var machine = Board.raspberryPi4.machine
    machine.loopSeconds = 0
    var loop = LoopWork()
    loop.work.multiplyAdds = machine.rates.multiplyAdds * machine.clock
    for (taskCount, seconds) in [(1, 1), (2, 0.5), (4, 0.25), (5, 0.4), (8, 0.25)] {
      loop.taskCount = taskCount
      #expect(abs(machine.seconds(loop) - seconds) < 1e-9)
    }
  }
}
