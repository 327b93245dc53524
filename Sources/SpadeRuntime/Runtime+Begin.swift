import SpadeModel

extension Runtime {
  /// Takes a frame's input. The picture is written by the steps and complete after the last.
  ///
  /// A and B depend on the map alone, but where the style goes along with the labels. Where labels and edges are those of the frame
  /// before, the steps find again what the plan keeps, see `forgetReplacedWindows`: the picture is the same, and sooner there.
  /// - Parameters:
  ///   - labels: `height · width` ids below the model's label count, row-major. Read before this returns.
  ///   - edges: As many bytes, 0 or not, where the model reads instance borders; `nil` otherwise. Read before this returns.
  ///   - style: `styleCount` finite values, clipped to −8 … 8; empty for a model without style. Read before this returns.
  ///   - picture: `pictureByteCount` bytes that outlive the last step: RGB8, interleaved, rows from the top.
  public mutating func begin(
    labels: UnsafeBufferPointer<UInt16>, edges: UnsafeBufferPointer<UInt8>?,
    style: UnsafeBufferPointer<Float>, picture: UnsafeMutableBufferPointer<UInt8>
  ) throws(InputError) {
    try check(labels: labels, edges: edges, style: style)
    guard picture.count >= model.pictureByteCount, let pictureBase = picture.baseAddress else {
      throw .pictureSize(required: model.pictureByteCount, given: picture.count)
    }
    let isSameMap = takeSymbols(labels: labels, edges: edges)
    if isSameMap && holdsFrame && !model.hasStyleBias { forgetReplacedWindows() } else { resetState() }
    holdsFrame = true
    takeStyle(style)
    self.picture = pictureBase
    productCount = 0
  }

  /// Refuses what `begin` says it does not take.
  private func check(
    labels: UnsafeBufferPointer<UInt16>, edges: UnsafeBufferPointer<UInt8>?, style: UnsafeBufferPointer<Float>
  ) throws(InputError) {
    let pixelCount = model.width * model.height
    guard labels.count == pixelCount else { throw .labelCount(required: pixelCount, given: labels.count) }
    if let edges {
      guard model.hasEdges else { throw .edgesUnexpected }
      guard edges.count == pixelCount else { throw .labelCount(required: pixelCount, given: edges.count) }
    } else if model.hasEdges {
      throw .edgesMissing
    }
    guard style.count == model.styleCount else {
      throw .styleCount(required: model.styleCount, given: style.count)
    }
    for index in 0..<style.count where !style[index].isFinite { throw .styleNotFinite(index: index) }
    let labelCount = model.labelCount
    for pixel in 0..<pixelCount where Int(labels[pixel]) >= labelCount {
      throw .unknownLabel(
        id: Int(labels[pixel]), x: pixel % model.width, y: pixel / model.width, labelCount: labelCount)
    }
  }

  /// - Returns: Whether the symbols were there already.
  private func takeSymbols(
    labels: UnsafeBufferPointer<UInt16>, edges: UnsafeBufferPointer<UInt8>?
  ) -> Bool {
    let symbols = symbols
    var changed: UInt16 = 0
    for pixel in 0..<labels.count {
      let edge: UInt16 = if let edges, edges[pixel] != 0 { 1 } else { 0 }
      let symbol = labels[pixel] << 1 | edge
      changed |= symbols[pixel] ^ symbol
      symbols[pixel] = symbol
    }
    return changed == 0
  }
}
