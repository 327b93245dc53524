import CSpadeKernels
import SpadeModel

/// A convolution of the one-hot label map as rows to add up: the rows that the symbols around a pixel choose.
struct LabelTable {
  /// Pixels whose symbols are read: (y, x) of `height` rows of `width` is `symbols[y · rowStride + x · columnStride]`.
  let symbols: UnsafePointer<UInt16>
  let rowStride: Int
  let columnStride: Int
  let width: Int
  let height: Int
  let labelCount: Int
  let kernelSize: Int
  private let template: spade_table_sum
  /// `[BorderKind][channels]`, where a style adds to the sums: instead of the table's bias.
  var borderBiases: UnsafePointer<Int16>?

  /// - Parameters:
  ///   - width, height: Of the grid of pixels; the model's sides are 2^shift times as large.
  init(_ table: TableRecord, _ model: Model, symbols: UnsafePointer<UInt16>, width: Int, height: Int) {
    self.symbols = symbols
    self.width = width
    self.height = height
    columnStride = model.width / width
    rowStride = model.width * columnStride
    labelCount = model.labelCount
    kernelSize = Int(table.kernelSize)
    template = spade_table_sum(
      table: model.int16s(table.rows), offsets: nil, count: 0, bias: model.int16s(table.bias),
      channels: Int(table.channels))
  }

  var channels: Int { template.channels }

  /// The sum for the pixel (y, x). Its offsets lie in the scratch.
  @inline(__always)
  func sum(y: Int, x: Int, _ scratch: Scratch) -> spade_table_sum {
    let radius = kernelSize / 2
    let tapCount = kernelSize * kernelSize
    var count = 0
    for tap in 0..<tapCount {
      let row = y &- radius &+ tap / kernelSize
      let column = x &- radius &+ tap % kernelSize
      guard row >= 0, row < height, column >= 0, column < width else { continue }
      let symbol = Int(symbols[row &* rowStride &+ column &* columnStride])
      assert(symbol >> 1 < labelCount)
      scratch.offsets[count] = Int32(truncatingIfNeeded: (tap &* labelCount &+ symbol >> 1) &* channels)
      count &+= 1
      // An instance border adds a row of its own, after those of the labels.
      if symbol & 1 != 0 {
        scratch.offsets[count] = Int32(truncatingIfNeeded: (tapCount &* labelCount &+ tap) &* channels)
        count &+= 1
      }
    }
    var call = template
    call.offsets = UnsafePointer(scratch.offsets)
    call.count = count
    borderBiases.ifPresent {
      let kind = BorderKind(y: y, x: x, width: width, height: height, kernelSize: kernelSize)
      call.bias = $0 + kind.index(kernelSize: kernelSize) &* channels
    }
    return call
  }
}
