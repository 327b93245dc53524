import SpadeBoards
import SpadeModel
import SpadeRuntime

/// A model on a board: whether it fits, and a prediction of the time of its built-in test picture.
struct TargetReport: Encodable {
  let board: String
  let title: String
  let core: String
  let kernelSet: String
  let threadCount: Int
  let clockHz: Double
  let arenaByteCount: Int
  let modelByteCount: Int
  /// The smallest memory the board is sold with that the model fits in; `nil` where it fits in none.
  let memoryByteCount: Int?
  let largestMemoryByteCount: Int
  let prediction: Prediction

  struct Prediction: Encodable {
    /// Arithmetic of one kind.
    struct Part: Encodable {
      let name: String
      /// Multiply-adds, values or additions.
      let count: Double
      let perCycle: Double
      /// Of all threads.
      let seconds: Double
    }

    /// Of the frame: the sum over the steps of the longer of arithmetic and memory.
    let seconds: Double
    let parts: [Part]
    let byteCount: Double
    let bytesPerSecond: Double
    let memorySeconds: Double
  }

  init(_ file: ModelFile, _ target: Board, _ steps: [Work]) {
    board = target.name.description
    title = target.title.description
    core = target.core.name.description
    kernelSet = target.core.kernelSet.description
    threadCount = target.threadCount
    clockHz = target.clock
    arenaByteCount = Runtime.arenaByteCount(model: file.model, threadCount: target.threadCount)
    modelByteCount = file.byteCount
    memoryByteCount = target.memory(holding: arenaByteCount + modelByteCount)
    largestMemoryByteCount = target.memory.largest
    prediction = Prediction(target, steps)
  }
}

extension TargetReport.Prediction {
  init(_ board: Board, _ steps: [Work]) {
    var sum = Work()
    for step in steps { sum += step }
    let rates = board.core.rates
    func part(_ name: String, _ count: Double, _ perCycle: Double) -> Part {
      Part(
        name: name, count: count, perCycle: perCycle,
        seconds: count / (perCycle * board.clock * Double(board.threadCount)))
    }
    seconds = steps.reduce(0) { $0 + board.predictedSeconds(step: $1) }
    var parts = [
      part("multiply-adds", sum.multiplyAdds, rates.multiplyAdds),
      part("values to int16", sum.requantizedValues, rates.requantizedValues),
      part("values modulated", sum.modulatedValues, rates.modulatedValues),
      part("label table sums", sum.tableAdditions, rates.tableAdditions),
      part("tap table sums", sum.tapAdditions, rates.tapAdditions),
    ]
    if let tiles = rates.tiles {
      parts += [
        part("tile multiply-adds", sum.tiles.multiplyAdds, tiles.multiplyAdds),
        part("codes to points", sum.tiles.codePoints, tiles.codePoints),
        part("weights to points", sum.tiles.weightPoints, tiles.weightPoints),
        part("points to pixels", sum.tiles.sumPoints, tiles.sumPoints),
        part("pixels of tiles", sum.tiles.pixels, tiles.pixels),
      ]
    }
    self.parts = parts
    byteCount = sum.byteCount
    bytesPerSecond = board.memoryByteRate * Board.memoryShare
    memorySeconds = board.memorySeconds(sum)
  }
}
