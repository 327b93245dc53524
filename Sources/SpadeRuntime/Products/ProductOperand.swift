import SpadeModel

/// A product of the model as the steps use it.
struct ProductOperand {
  let record: ProductRecord
  let panels: WeightPanels
  /// `[panels][16]`.
  let scales: UnsafePointer<Float>

  var kernelSize: Int { Int(record.kernelSize) }
  var tapCount: Int { panels.tapCount }
  var depth: Int { panels.depth }
}

extension Runtime {
  func product(_ index: ProductIndex) -> ProductOperand {
    let record = model.product(index)
    return ProductOperand(
      record: record,
      panels: WeightPanels(
        base: model.weights(record.panels), tapCount: Int(record.kernelSize * record.kernelSize),
        depth: Int(record.depth), count: Int(record.panelCount), kernels: kernels),
      scales: model.floats(record.scale))
  }

  /// Counts the multiply-adds of `rowCount` rows, `tapCount` taps each.
  mutating func count(_ product: ProductOperand, rowCount: Int, tapCount: Int) {
    productCount &+=
      UInt64(rowCount) &* UInt64(tapCount) &* UInt64(product.record.usedDepth)
      &* UInt64(product.record.usedColumns)
  }
}

extension Model {
  /// Floats, and 16-bit integers, `offset` 64-byte units from the start of the weights.
  func floats(_ offset: UInt32) -> UnsafePointer<Float> {
    weights(offset).assumingMemoryBound(to: Float.self)
  }
  func int16s(_ offset: UInt32) -> UnsafePointer<Int16> {
    weights(offset).assumingMemoryBound(to: Int16.self)
  }
}
