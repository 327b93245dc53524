extension Model {
  func checkTable(_ t: TableRecord, _ weights: inout WeightBudget) throws(TableRule) {
    guard isChannelCount(t.channels) else { throw .channels }
    guard isKernelSize(t.kernelSize) else { throw .kernelSize }
    let taps = Int(t.kernelSize * t.kernelSize)
    let valueCount = taps * (labelCount + (hasEdges ? 1 : 0)) * Int(t.channels)
    guard valueCount <= Int(Int32.max) else { throw .size }
    guard weights.take(t.rows, byteCount: valueCount * 2) else { throw .rows }
    guard weights.take(t.bias, byteCount: Int(t.channels) * 2) else { throw .bias }
  }
}
