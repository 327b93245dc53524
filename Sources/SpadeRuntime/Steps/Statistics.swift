import CSpadeKernels
import SpadeModel

/// Sums of the features of 64 outer windows per task, each window as often as it occurs. They are exact integers, so it does not
/// matter which thread adds which.
private struct FeatureMomentsJob: PoolJob {
  let features: FeatureOperand

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private var windowCount: Int { features.windows.level.outerCount }

  var taskCount: Int { (windowCount + Scratch.rowCount - 1) / Scratch.rowCount }

  func run(task: Int, scratch: Scratch) {
    let first = task * Scratch.rowCount
    let block = Range(uncheckedBounds: (first, min(first + Scratch.rowCount, windowCount)))
    let count = features.layout.count
    let occurrences = features.occurrences + first
    features.fillOffsets(block, scratch)
    for row in 0..<block.count where occurrences[row] > 0 {
      features.make(row: row, scratch)
      features.kernels.table.pointee.feature_moments(
        scratch.features(count: count), count, occurrences[row], scratch.featureMoments,
        scratch.featureMoments + count)
    }
  }
}

extension Runtime {
  /// Means and variances of a norm's features over the frame's map, and from them what turns features into codes.
  ///
  /// Windows are numbered from the top as far as they fit, then from there on, to the last row; those of a numbering count as often as
  /// they occur in its rows.
  mutating func makeStatistics(_ index: NormIndex) {
    let norm = model.windowAffine(index)
    let level = level(norm.level)
    // A and B of the frame before are there for the whole map.
    if level.rows == 0..<level.height, normState(index).affineGeneration == level.generation { return }
    let features = features(norm)
    let usedCount = UInt64(2 * model.product(norm.product).usedDepth)
    forgetMoments(features)
    var start = 0
    while start < level.height {
      let generation = level.generation
      numberWindows(of: norm.level, rows: start..<start + 1) { start }
      let isNumbered = level.generation != generation
      features.made[0] += isNumbered ? UInt32(level.rows.count) : 0
      features.made[1] += normState(index).hiddenGeneration != level.generation ? UInt32(level.innerCount) : 0
      features.made[2] += UInt32(level.outerCount)
      makeHidden(index, bias: nil)
      features.countOccurrences(start..<level.rows.upperBound)
      pool.run(FeatureMomentsJob(features: features), scratch: scratch)
      productCount &+= UInt64(level.outerCount) &* UInt64(features.tapCount) &* usedCount
      start = level.rows.upperBound
    }
    for thread in 0..<threadCount { features.add(scratch[thread]) }
    features.normalize(pixelCount: level.width * level.height)
  }

  private func forgetMoments(_ features: FeatureOperand) {
    let count = features.layout.count
    for thread in 0..<threadCount { scratch[thread].featureMoments.update(repeating: 0, count: 2 * count) }
    features.sums.update(repeating: 0, count: count)
    features.squares.update(repeating: 0, count: count)
    features.made.update(repeating: 0, count: 4)
  }

  /// What `statistics` has made in this frame: rows that it numbered, windows whose hidden activations it made, and windows whose
  /// features it made, all numberings together.
  public func statisticsCounts(_ index: NormIndex) -> (rows: Int, inner: Int, outer: Int) {
    let made = features(model.windowAffine(index)).made
    return (Int(made[0]), Int(made[1]), Int(made[2]))
  }
}

extension FeatureOperand {
  /// Counts how often each outer window occurs in some of the numbered rows.
  fileprivate func countOccurrences(_ rows: Range<Int>) {
    let level = windows.level
    let occurrences = occurrences
    occurrences.update(repeating: 0, count: level.outerCount)
    for pixel in rows.lowerBound * level.width..<rows.upperBound * level.width {
      occurrences[Int(level.outerNumbers[pixel])] &+= 1
    }
  }

  /// Adds what a thread has summed.
  fileprivate func add(_ scratch: Scratch) {
    for feature in 0..<layout.count {
      sums[feature] &+= scratch.featureMoments[feature]
      squares[feature] &+= scratch.featureMoments[layout.count + feature]
    }
  }

  /// Makes centers, factors and terms of the sums: features of mean 0 and variance 1 become codes.
  ///
  /// Everything is integers, or IEEE arithmetic on them in one order.
  fileprivate func normalize(pixelCount: Int) {
    let scale = ModelFormat.featureScale(pixelCount: pixelCount)
    for feature in 0..<layout.count {
      let mean = Double(sums[feature]) / Double(pixelCount)
      let center = Int64(mean)
      // Σ (feature − center)², which fits where its parts do not.
      let central = squares[feature] &- center &* (2 &* sums[feature] &- center &* Int64(pixelCount))
      let rest = mean - Double(center)
      let variance = max(Double(central) / Double(pixelCount) - rest * rest, 0)
      let unit = Double(units[feature])
      let factor =
        unit * scale / (variance * unit * unit + Normalization.epsilon).squareRoot()
      centers[feature] = Int32(truncatingIfNeeded: center)
      factors[feature] = Float(factor)
      terms[feature] = Float(-rest * factor)
    }
  }
}
