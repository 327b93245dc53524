import SpadeModel

/// The two parts of the style's codes.
enum StyleCodes {
  /// A column's output, not clipped: (128 · high + low) · scale, where both sums began with the bias and it counts once.
  static func value(high: Int32, low: Int32, bias: Int32, scale: Float) -> Float {
    (Float(128 * (Int64(high) - Int64(bias)) + Int64(low)) * scale).rounded(.toNearestOrEven)
  }
}

extension Runtime {
  /// Writes the style's codes for the steps that read them: a row of high parts, then a row of low parts, with
  /// round(z · 2048) = 128 · high + low, high in −128 … 127 and low in 0 … 127. Where the style goes along with the labels, a
  /// row of zeros follows for taps outside.
  func takeStyle(_ style: UnsafeBufferPointer<Float>) {
    for index in 0..<model.stepCount {
      switch model.step(StepIndex(index)).operation {
      case .styleFirst(let product, let codes, _):
        write(style, to: buffer(codes), depth: Int(model.product(product).depth))
      case .styleBias(let product, let codes, _):
        let depth = Int(model.product(product).depth)
        let rows: UnsafeMutablePointer<UInt8> = buffer(codes)
        write(style, to: rows, depth: depth)
        (rows + 2 * depth).update(repeating: kernels.codeFlip, count: depth)
      default: continue
      }
    }
  }

  private func write(
    _ style: UnsafeBufferPointer<Float>, to high: UnsafeMutablePointer<UInt8>, depth: Int
  ) {
    let low = high + depth
    for position in 0..<depth {
      let z = position < style.count ? style[position] : 0
      let clipped = max(-16384, min(16383, (z * ModelFormat.styleScale).rounded(.toNearestOrEven)))
      let code = Int(clipped)
      high[position] = UInt8(truncatingIfNeeded: code >> 7) ^ kernels.codeFlip
      low[position] = UInt8(truncatingIfNeeded: code & 127) ^ kernels.codeFlip
    }
  }
}
