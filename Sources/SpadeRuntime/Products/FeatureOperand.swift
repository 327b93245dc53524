import CSpadeKernels
import SpadeModel

/// The features of a norm with separable convolutions: what makes them of hidden activations, and what is known of them in the
/// frame's map.
struct FeatureOperand {
  let layout: FeatureLayout
  let kernels: KernelSet
  let windows: WindowRows
  /// `Int8[1 + innerCapacity][layout.count / 2]`.
  private let hidden: UnsafePointer<Int8>
  private let weights: UnsafeRawPointer
  private let moments: MomentLayout
  private let buffer: UnsafeMutableRawPointer

  init(
    _ table: TableRecord, _ level: LevelState, weights: UnsafeRawPointer, buffer: UnsafeMutableRawPointer,
    kernels: KernelSet
  ) {
    layout = FeatureLayout(table)
    self.kernels = kernels
    windows = WindowRows(level: level, kernelSize: Int(table.kernelSize))
    hidden = UnsafePointer(buffer.assumingMemoryBound(to: Int8.self))
    self.weights = weights
    moments = MomentLayout(table, level.record)
    self.buffer = buffer
  }

  var tapCount: Int { windows.kernelSize * windows.kernelSize }

  var units: UnsafePointer<Float> { (weights + layout.units).assumingMemoryBound(to: Float.self) }

  var sums: UnsafeMutablePointer<Int64> { part(moments.sums) }
  var squares: UnsafeMutablePointer<Int64> { part(moments.squares) }
  var centers: UnsafeMutablePointer<Int32> { part(moments.centers) }
  var factors: UnsafeMutablePointer<Float> { part(moments.factors) }
  var terms: UnsafeMutablePointer<Float> { part(moments.terms) }
  var made: UnsafeMutablePointer<UInt32> { part(moments.made) }
  var occurrences: UnsafeMutablePointer<UInt32> { part(moments.occurrences) }

  @inline(__always)
  private func part<Element>(_ offset: Int) -> UnsafeMutablePointer<Element> {
    (buffer + offset).assumingMemoryBound(to: Element.self)
  }

  /// Writes the scratch offsets of the hidden rows of some outer windows.
  func fillOffsets(_ block: Range<Int>, _ scratch: Scratch) {
    let hiddenCount = layout.count / 2
    windows.forEachTap(of: block) { row, tap, hiddenRow in
      scratch.offsets[tap &* Scratch.rowCount &+ row] = Int32(truncatingIfNeeded: hiddenRow &* hiddenCount)
    }
  }

  /// Makes the features of one of these windows, in the scratch.
  func make(row: Int, _ scratch: Scratch) {
    var call = spade_depthwise(
      base: hidden, offsets: scratch.offsets + row, offset_stride: Scratch.rowCount, tap_count: tapCount,
      channels: layout.count / 2, weights: weights.assumingMemoryBound(to: Int16.self),
      sums: scratch.features(count: layout.count))
    kernels.table.pointee.depthwise(&call)
  }

  /// Turns the scratch's features into their codes.
  /// - Parameter codes: `[2][layout.count]`.
  func writeCodes(to codes: UnsafeMutablePointer<Int8>, _ scratch: Scratch) {
    var call = spade_feature_codes(
      features: scratch.features(count: layout.count), count: layout.count, center: centers, factor: factors,
      term: terms, out: codes)
    kernels.table.pointee.feature_codes(&call)
  }
}

extension Runtime {
  /// - Precondition: The norm has features.
  func features(_ norm: WindowAffine) -> FeatureOperand {
    FeatureOperand(
      // Safe: the loader found them in the weights.
      model.table(norm.table), level(norm.level), weights: model.weights(norm.features.unsafelyUnwrapped),
      buffer: buffer(norm.hiddenBuffer) as UnsafeMutablePointer<UInt8>, kernels: kernels)
  }
}

extension Scratch {
  /// `[2][count]`: sums, then squares.
  var featureMoments: UnsafeMutablePointer<Int64> {
    UnsafeMutableRawPointer(featurePart).assumingMemoryBound(to: Int64.self)
  }
  /// `[count]`.
  func features(count: Int) -> UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(featureMoments + 2 * count).assumingMemoryBound(to: Int32.self)
  }
  /// `[ScratchLayout.featureRowCount][2][count]`.
  func featureCodes(count: Int) -> UnsafeMutablePointer<Int8> {
    UnsafeMutableRawPointer(features(count: count) + count).assumingMemoryBound(to: Int8.self)
  }
}
