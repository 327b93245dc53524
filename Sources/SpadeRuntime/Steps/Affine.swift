import SpadeCost
import SpadeModel

extension Runtime {
  /// A and B of a norm for the level's outer windows, unless made since they were numbered.
  mutating func makeAffine(_ index: NormIndex) {
    let norm = model.windowAffine(index)
    let level = level(norm.level)
    let state = normState(index)
    if state.affineGeneration == level.generation { return }
    state.affineGeneration = level.generation

    let product = product(norm.product)
    let hidden: UnsafeMutablePointer<Int8> = buffer(norm.hiddenBuffer)
    let windows = WindowRows(level: level, kernelSize: product.kernelSize)
    // A and B of all channels, interleaved.
    let columns = Int(model.norm(index).channels) * 2
    let output = WideOutput(
      codes: buffer(norm.affineBuffer), scales: product.scales, residual: nil, kernels: kernels)
    if norm.features != nil {
      let features = features(norm)
      let rowProductCount = features.tapCount * 2 * Int(product.record.usedDepth)
      productCount &+= UInt64(level.outerCount) &* UInt64(rowProductCount)
      count(product, rowCount: 2 * level.outerCount, tapCount: 1)
      pool.run(
        FeatureProductJob(features, product.panels, output, outputStride: columns, threadCount: threadCount),
        scratch: scratch)
      return
    }
    let isMadeByTaps = ProductShape(product.record).isMadeByTaps(
      inner: level.innerCount, outer: level.outerCount,
      tapRowCapacity: Int(model.configuration.tapRowCapacity))
    if isMadeByTaps {
      count(product, rowCount: level.innerCount + 1, tapCount: product.tapCount)
      pool.run(
        TapTableJob(
          panels: product.panels, hidden: hidden, output: output, windows: windows, outputStride: columns),
        scratch: scratch)
    } else {
      count(product, rowCount: level.outerCount, tapCount: product.tapCount)
      pool.run(
        WideProductJob(
          panels: product.panels, input: hidden, output: output,
          rows: .windows(windows, hidden: product.depth, columns: columns), rowCount: level.outerCount,
          isFine: false),
        scratch: scratch)
    }
  }
}
