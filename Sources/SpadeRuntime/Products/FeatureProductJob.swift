import CSpadeKernels
import SpadeModel

/// A and B of a norm with separable convolutions: a block of outer windows gets the codes of its features, in the scratch, and these
/// are multiplied by some of the panels.
struct FeatureProductJob: PoolJob {
  let features: FeatureOperand
  let panels: WeightPanels
  let output: WideOutput
  /// Int16 of one outer window's A and B.
  let outputStride: Int
  /// Where there are fewer blocks than threads, several tasks share a block, each with panels of its own.
  private let shareCount: Int

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  init(
    _ features: FeatureOperand, _ panels: WeightPanels, _ output: WideOutput, outputStride: Int,
    threadCount: Int
  ) {
    self.features = features
    self.panels = panels
    self.output = output
    self.outputStride = outputStride
    let rowCount = panels.blockRowCount(isFine: true)
    let blockCount = (features.windows.level.outerCount + rowCount - 1) / rowCount
    let groupCount = (panels.count + Scratch.panelCount - 1) / Scratch.panelCount
    let wanted = blockCount > 0 ? (2 * threadCount + blockCount - 1) / blockCount : 1
    shareCount = min(threadCount > 1 ? wanted : 1, groupCount)
  }

  private var rowCount: Int { panels.blockRowCount(isFine: true) }

  var taskCount: Int { (features.windows.level.outerCount + rowCount - 1) / rowCount * shareCount }

  func run(task: Int, scratch: Scratch) {
    let first = task / shareCount * rowCount
    let block = Range(
      uncheckedBounds: (first, min(first + rowCount, features.windows.level.outerCount)))
    let codes = scratch.featureCodes(count: features.layout.count)
    let codeCount = 2 * features.layout.count
    features.fillOffsets(block, scratch)
    for row in 0..<block.count {
      features.make(row: row, scratch)
      features.writeCodes(to: codes + row * codeCount, scratch)
    }
    for row in 0..<block.count { scratch.offsets[row] = Int32(truncatingIfNeeded: row &* codeCount) }
    scratch.fillOutputOffsets(block, stride: outputStride)
    let groupCount = (panels.count + Scratch.panelCount - 1) / Scratch.panelCount
    var group = task % shareCount
    while group < groupCount {
      multiply(codes, rowCount: block.count, group: group, scratch)
      group += shareCount
    }
  }

  private func multiply(
    _ codes: UnsafeMutablePointer<Int8>, rowCount: Int, group: Int, _ scratch: Scratch
  ) {
    let first = group * Scratch.panelCount
    let panels = Range(uncheckedBounds: (first, min(first + Scratch.panelCount, self.panels.count)))
    let sumRows = self.panels.multiply(
      base: codes, pixelCount: rowCount, high: ModelFormat.featureHigh, panels: panels, scratch: scratch)
    for index in 0..<panels.count {
      output.write(
        scratch.accumulators + index * sumRows * ModelFormat.panelColumns, rowCount: rowCount,
        panel: panels.lowerBound + index, scratch: scratch)
    }
  }
}
