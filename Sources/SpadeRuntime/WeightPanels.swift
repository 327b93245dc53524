import SpadeModel

/// The weight panels of a product, with the biases for the codes' form in memory.
struct WeightPanels {
  private let base: UnsafeRawPointer
  private let biasOffset: Int
  /// Bytes from one panel to the next.
  let stride: Int

  init(_ product: ProductRecord, model: Model, kernels: KernelSet) {
    self.init(
      base: model.weights(product.panels),
      stride: ModelFormat.panelByteCount(
        tapCount: Int(product.kernelSize * product.kernelSize), depth: Int(product.depth)),
      kernels: kernels)
  }

  /// - Parameters:
  ///   - base: The first panel, 64-byte aligned.
  ///   - stride: Bytes from one panel to the next.
  init(base: UnsafeRawPointer, stride: Int, kernels: KernelSet) {
    self.base = base
    self.stride = stride
    biasOffset = kernels.codeFlip == 0 ? 0 : ModelFormat.panelHeaderByteCount / 2
  }

  func weights(_ panel: Int) -> UnsafePointer<UInt8> {
    (base + panel * stride + ModelFormat.panelHeaderByteCount).assumingMemoryBound(to: UInt8.self)
  }

  func bias(_ panel: Int) -> UnsafePointer<Int32> {
    (base + panel * stride + biasOffset).assumingMemoryBound(to: Int32.self)
  }

  /// What the bias adds to a sum of signed codes, whatever their form in memory.
  func signedBias(_ panel: Int) -> UnsafePointer<Int32> {
    (base + panel * stride).assumingMemoryBound(to: Int32.self)
  }
}
