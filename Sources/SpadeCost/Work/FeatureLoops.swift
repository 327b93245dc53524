extension LoopWork {
  /// What a multiply-add of int16 weights costs, and two 64-bit sums, in int32 additions of rows of tap tables.
  private static var depthwiseAdditions: Double { 3 }
  private static var momentAdditions: Double { 12 }

  /// Adds the features of outer windows.
  mutating func add(_ features: FeatureShape, windowCount: Int) {
    work.tapAdditions +=
      Self.depthwiseAdditions * Double(windowCount * features.paddedWindowProductCount)
    work.windowOffsets += Double(windowCount * features.kernelSize * features.kernelSize)
  }

  /// - Parameter windows: Hidden activations that are made, outer windows that are met and rows that are numbered, all numberings
  ///   together.
  mutating func add(_ shape: StatisticsShape, _ windows: StepWindows) {
    let taps = shape.table.tapCount
    if windows.numberedRowCount > 0 {
      work.numberedPixels = Double(windows.numberedRowCount * shape.width)
      work.foundWindows = Double(windows.inner + windows.outer)
    }
    work.tableAdditions = Double(windows.inner * taps * shape.table.channels)
    work.windowOffsets = Double(windows.inner * taps)
    add(shape.features, windowCount: windows.outer)
    work.tapAdditions += Self.momentAdditions * Double(windows.outer * 2 * shape.features.hiddenChannels)
    taskCount = (windows.outer + Tasks.rowCount - 1) / Tasks.rowCount
  }
}
