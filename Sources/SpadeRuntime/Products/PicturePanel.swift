import SpadeModel

/// The picture convolution's weights in another order: a k×k kernel makes three colours of a pixel from k×k pixels, which leaves
/// 13 columns of its panel idle. Here columns are the kernel's own columns times the colours, and taps its rows: a pixel is
/// multiplied once, with k taps, for the k pixels beside each other that read it.
///
/// A pixel's colour c is the sum of column dx · 3 + c of its neighbours dx = 0 … k − 1, from the left: the same integers.
struct PicturePanel {
  private let kernelSize: Int
  let panels: WeightPanels

  private static let colorCount = 3

  /// - Parameters:
  ///   - source: The product's panel.
  ///   - memory: Room for a panel of k taps, 64-byte aligned, that is not written to while the panel is used.
  init(_ source: WeightPanels, kernelSize: Int, memory: UnsafeMutableRawPointer) {
    self.kernelSize = kernelSize
    panels = WeightPanels(
      base: UnsafeRawPointer(memory), tapCount: kernelSize, depth: source.depth, count: 1,
      kernels: source.kernels)
    let columns = ModelFormat.panelColumns
    let biases = memory.assumingMemoryBound(to: Int32.self)
    biases.update(repeating: 0, count: 2 * columns)
    let weights = (memory + ModelFormat.panelHeaderByteCount).assumingMemoryBound(to: Int8.self)
    weights.update(repeating: 0, count: kernelSize * source.depth * columns)
    // Safe: weights are bytes.
    let sourceWeights = UnsafeRawPointer(source.weights(0)).assumingMemoryBound(to: Int8.self)
    for column in 0..<kernelSize {
      for color in 0..<Self.colorCount {
        let target = column * Self.colorCount + color
        var sum: Int32 = 0
        for row in 0..<kernelSize {
          for depth in 0..<source.depth {
            let weight =
              sourceWeights[Self.place(row * kernelSize + column, depth, color, depthCount: source.depth)]
            weights[Self.place(row, depth, target, depthCount: source.depth)] = weight
            sum &+= Int32(weight)
          }
        }
        biases[target] = column == kernelSize / 2 ? source.signedBias(0)[color] : 0
        biases[columns + target] = biases[target] &- 128 &* sum
      }
    }
  }

  /// Where a panel has a weight.
  @inline(__always)
  private static func place(_ tap: Int, _ depth: Int, _ column: Int, depthCount: Int) -> Int {
    let group = tap &* depthCount &+ depth
    return (group >> 2 &* ModelFormat.panelColumns &+ column) &* 4 &+ group & 3
  }

  /// Adds up the colours of `count` pixels, in the first columns of their rows.
  /// - Parameter sums: `[count + k − 1][16]`, from the first pixel's left neighbour on.
  func addColumns(_ sums: UnsafeMutablePointer<Int32>, count: Int) {
    for pixel in 0..<count {
      let row = sums + pixel &* ModelFormat.panelColumns
      for column in 1..<kernelSize {
        let other = row + column &* (ModelFormat.panelColumns &+ Self.colorCount)
        for color in 0..<Self.colorCount { row[color] &+= other[color] }
      }
    }
  }
}
