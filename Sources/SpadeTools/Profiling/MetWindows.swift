import SpadeCost
import SpadeModel
import SpadeRuntime

/// The windows that the steps of a frame meet, looked at after each step.
struct MetWindows {
  private let model: Model
  /// Of each step until now.
  private(set) var steps: [StepWindows] = []
  /// Of each of the model's levels.
  private(set) var levels: [FrameProfile.Level]
  /// Outer windows whose A and B were made, for each norm.
  private var made: [Int]
  /// Rows that are numbered, for each level.
  private var numbered: [Range<Int>]
  /// Multiply-adds until now.
  private var productCount: UInt64 = 0

  init(_ model: Model) {
    self.model = model
    levels = [FrameProfile.Level](repeating: FrameProfile.Level(), count: model.levelCount)
    made = [Int](repeating: 0, count: model.normCount)
    numbered = [Range<Int>](repeating: 0..<0, count: model.levelCount)
  }

  /// Takes down what the step did that has just ended.
  mutating func look(at runtime: borrowing Runtime, after step: Int) {
    let operation = model.step(StepIndex(step)).operation
    let stepProductCount = Int(runtime.productCount - productCount)
    let isWorking = stepProductCount > 0
    productCount = runtime.productCount
    guard let index = model.level(of: operation) else {
      steps.append(
        StepWindows(
          isMade: isWorking, shortcutRowCount: shortcutRowCount(step, productCount: stepProductCount)))
      return
    }
    let level = Int(index)
    let counts = runtime.windowCounts(index)
    levels[level].inner = max(levels[level].inner, counts.inner)
    levels[level].outer = max(levels[level].outer, counts.outer)
    var isMade = isWorking
    var (inner, outer, rowCount) = (counts.inner, counts.outer, counts.rows.count)
    switch operation {
    case .windows:
      isMade = numbered[level] != counts.rows
      numbered[level] = counts.rows
    case .statistics(let norm):
      (rowCount, inner, outer) = runtime.statisticsCounts(norm)
      numbered[level] = counts.rows
    case .affine(let norm) where isMade:
      // Its `hidden` was right before it.
      steps[step - 1].isMade = !isLeftByStatistics(of: norm, hidden: step - 1)
      steps[step - 1].numberedRowCount = rowCount
      made[Int(norm)] += counts.outer
      levels[level].madeCount = max(levels[level].madeCount, made[Int(norm)])
    default: break
    }
    steps.append(
      StepWindows(
        inner: inner, outer: outer, tiles: counts.tiles, isMade: isMade,
        numberedRowCount: isMade ? rowCount : 0))
  }

  /// Rows that a shortcut's step multiplied.
  private func shortcutRowCount(_ step: Int, productCount: Int) -> Int? {
    guard case .convolve(let shape) = StepShape(model.step(StepIndex(step)), model), shape.isShortcut else {
      return nil
    }
    return productCount / shape.product.rowProductCount
  }

  /// Whether the activations were there when a `hidden` began, since its windows are those that `statistics` numbered last.
  private func isLeftByStatistics(of norm: NormIndex, hidden step: Int) -> Bool {
    step >= 2 && !steps[step - 1].isMade
      && model.step(StepIndex(step - 2)).operation == .statistics(norm)
  }
}

extension Model {
  /// The level whose windows a step reads or writes.
  fileprivate func level(of operation: StepOperation) -> LevelIndex? {
    switch operation {
    case .windows(let level): level
    case .hidden(let norm, _), .affine(let norm), .statistics(let norm): windowAffine(norm).level
    case .modulate(let modulation): norm(modulation.norm).windowAffine?.level
    default: nil
    }
  }
}
