import SpadeBoards
import SpadeCost
import SpadeInput
import SpadeModel
import SpadeRuntime

/// A model on a board: whether it fits, and a prediction of the time of a picture, its built-in test picture or that of a map.
package struct TargetReport: Reportable {
  package let board: String
  package let title: String
  package let core: String
  package let kernelSet: String
  package let threadCount: Int
  package let clockHz: Double
  package let arenaByteCount: Int
  package let modelByteCount: Int
  /// The smallest memory the board is sold with that the model fits in; `nil` where it fits in none.
  package let memoryByteCount: Int?
  package let largestMemoryByteCount: Int
  /// Of which the prediction is.
  package let picture: String
  package let prediction: Prediction

  package struct Prediction: Reportable {
    /// Arithmetic of one kind.
    package struct Part: Reportable {
      package let name: String
      /// Products with those of padded channels, values or additions.
      package let count: Double
      package let perCycle: Double
      /// Of all threads.
      package let seconds: Double
    }

    /// Of the frame: the sum over the steps of the longer of arithmetic and memory.
    package let seconds: Double
    package let parts: [Part]
    package let byteCount: Double
    package let bytesPerSecond: Double
    package let memorySeconds: Double
  }

  /// Paints the model's test picture here to count what each step has to do.
  /// - Parameter observe: Called after each step with its index.
  package init(_ file: ModelFile, on target: Board, observe: @escaping (Int) -> Void) throws(Failure) {
    let (map, style) = file.model.testCase
    self.init(
      file, on: target, try FrameProfile.count(of: file, map, style: style, observe: observe),
      picture: "the built-in test picture")
  }

  /// - Parameters:
  ///   - count: What the steps of a picture met.
  ///   - picture: What a sentence calls it.
  package init(_ file: ModelFile, on target: Board, _ count: FrameProfile.Count, picture: String) {
    let steps = count.windows.enumerated().map {
      (step: StepShape(file.model.step(StepIndex($0)), file.model), windows: $1)
    }
    self.picture = picture
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
  init(_ board: Board, _ steps: [(step: StepShape, windows: StepWindows)]) {
    var sum = Work()
    let machine = board.machine
    for step in steps { sum += Work(step.step, windows: step.windows, on: machine) }
    let rates = machine.rates
    func part(_ name: String, _ count: Double, _ perCycle: Double) -> Part {
      Part(
        name: name, count: count, perCycle: perCycle,
        seconds: count / (perCycle * machine.clock * Double(machine.threadCount)))
    }
    seconds = steps.reduce(0) { $0 + machine.seconds($1.step, windows: $1.windows) }
    var parts = [
      part(
        "int8 products", sum.multiplyAdds + sum.loneMultiplyAdds + sum.tapMultiplyAdds, rates.multiplyAdds),
      part("values to int16", sum.requantizedValues, rates.requantizedValues),
      part("values modulated", sum.modulatedValues, rates.modulatedValues),
      part("label table sums", sum.tableAdditions, rates.tableAdditions),
      part("tap table sums", sum.tapAdditions, rates.tapAdditions),
      part("offsets of pixels", sum.pixelOffsets, 1 / machine.scalars.pixelOffset),
      part("offsets of windows", sum.windowOffsets, 1 / machine.scalars.windowOffset),
      part("pixels numbered", sum.numberedPixels, 1 / machine.scalars.numberedPixel),
      part("windows found", sum.foundWindows, 1 / machine.scalars.foundWindow),
      part("colours", sum.colors, 1 / machine.scalars.color),
    ]
    if let tiles = rates.tiles {
      parts += [
        part("products in tiles", sum.tiles.multiplyAdds, tiles.multiplyAdds),
        part("codes to points", sum.tiles.codePoints, tiles.codePoints),
        part("weights to points", sum.tiles.weightPoints, tiles.weightPoints),
        part("points to pixels", sum.tiles.sumPoints, tiles.sumPoints),
      ]
    }
    self.parts = parts
    byteCount = sum.byteCount
    bytesPerSecond = machine.memoryByteRate
    memorySeconds = machine.memorySeconds(sum)
  }
}
