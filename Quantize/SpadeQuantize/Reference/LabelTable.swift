import SpadeInput

/// A convolution of the one-hot label map, without the one-hot tensor.
///
/// Where the input is one-hot, a tap's product with its weights is one column of them. The output is the bias plus,
/// for every tap inside the map, the column of that pixel's id and, where an edge runs, the edge column.
struct LabelTable: Sendable {
  let channelCount: Int
  let kernelSize: Int
  /// Columns of a tap: ids, then maybe the edge column.
  private let columnCount: Int
  private let bias: [Float]
  /// Shape `[kernelSize², columnCount, channelCount]`.
  private let columns: [Float]

  init(_ convolution: Convolution) {
    let tapCount = convolution.kernelSize * convolution.kernelSize
    let inputCount = convolution.inputChannelCount
    let outputCount = convolution.outputChannelCount
    channelCount = outputCount
    kernelSize = convolution.kernelSize
    columnCount = inputCount
    bias = convolution.bias
    columns = convolution.weight.withUnsafeBufferPointer { weight in
      [Float](unsafeUninitializedCapacity: weight.count) { output, initializedCount in
        for tap in 0..<tapCount {
          for input in 0..<inputCount {
            // Safe: [output, input, tap] and [tap, input, output] count the same values.
            for channel in 0..<outputCount {
              let value = weight[(channel * inputCount + input) * tapCount + tap]
              output.initializeElement(at: (tap * inputCount + input) * outputCount + channel, to: value)
            }
          }
        }
        initializedCount = weight.count
      }
    }
  }

  /// The convolution of `labels` with zero padding `kernelSize / 2`.
  ///
  /// - Parameter tapRows: `[kernelSize²][channelCount]` that are added for every tap inside the map, whatever its id.
  /// - Precondition: Every id is a column; the map has edges exactly when the last column is the edge's.
  /// - Returns: `channelCount` channels of the map's size.
  func applied(to labels: LabelMap, tapRows: [Float]? = nil) -> Tensor {
    let width = labels.width
    let rowBias = (0..<width).flatMap { _ in bias }
    return Tensor(channelCount: channelCount, height: labels.height, width: width) { output in
      // Safe: each row of the result has a task of its own.
      Crew.shared.run(labels.height) { y in
        var row = rowBias
        row.withUnsafeMutableBufferPointer { row in
          accumulate(labels, y: y, tapRows, into: row)
          for channel in 0..<channelCount {
            // Safe: `row` is [width, channelCount], the output [channelCount, height, width].
            for x in 0..<width {
              output[(channel * labels.height + y) * width + x] = row[x * channelCount + channel]
            }
          }
        }
      }
    }
  }

  /// Adds the columns of every tap to the pixels of row `y`.
  ///
  /// - Parameter row: Shape `[labels.width, channelCount]`.
  private func accumulate(
    _ labels: LabelMap, y: Int, _ tapRows: [Float]?, into row: UnsafeMutableBufferPointer<Float>
  ) {
    let width = labels.width
    let padding = kernelSize / 2
    columns.withUnsafeBufferPointer { columns in
      for x in 0..<width {
        if x > padding, x + padding < width, repeats(labels, x: x, y: y) {
          for channel in 0..<channelCount {
            row[x * channelCount + channel] = row[(x - 1) * channelCount + channel]
          }
          continue
        }
        for tap in 0..<kernelSize * kernelSize {
          let labelY = y + tap / kernelSize - padding
          let labelX = x + tap % kernelSize - padding
          guard labelY >= 0, labelY < labels.height, labelX >= 0, labelX < width else { continue }
          let pixel = labelY * width + labelX
          add(column: Int(labels.ids[pixel]), of: tap, from: columns, to: row, pixel: x)
          if let edges = labels.edges, edges[pixel] != 0 {
            add(column: columnCount - 1, of: tap, from: columns, to: row, pixel: x)
          }
          if let tapRows {
            for channel in 0..<channelCount {
              row[x * channelCount + channel] += tapRows[tap * channelCount + channel]
            }
          }
        }
      }
    }
  }

  /// Whether the taps of a pixel are over what those of the pixel before it are over: then its sums are the same.
  /// - Precondition: Both have all their columns inside the map.
  private func repeats(_ labels: LabelMap, x: Int, y: Int) -> Bool {
    let padding = kernelSize / 2
    for labelY in max(0, y - padding)...min(labels.height - 1, y + padding) {
      let row = labelY * labels.width
      for pixel in row + x - padding...row + x + padding {
        guard labels.ids[pixel] == labels.ids[pixel - 1] else { return false }
        if let edges = labels.edges, edges[pixel] != edges[pixel - 1] { return false }
      }
    }
    return true
  }

  private func add(
    column: Int, of tap: Int, from columns: UnsafeBufferPointer<Float>,
    to row: UnsafeMutableBufferPointer<Float>, pixel: Int
  ) {
    precondition(column < columnCount)
    let source = (tap * columnCount + column) * channelCount
    for channel in 0..<channelCount { row[pixel * channelCount + channel] += columns[source + channel] }
  }
}

/// A convolution of the label map, and of the style where it goes along with the labels.
struct LabelConvolutionReference: Sendable {
  private let table: LabelTable
  private let style: Convolution?

  init(_ convolution: LabelConvolution) {
    table = LabelTable(convolution.labels)
    style = convolution.style
  }

  /// - Parameter style: Zeros if `nil`.
  func applied(to labels: LabelMap, style vector: [Float]?) -> Tensor {
    guard let style, let vector else { return table.applied(to: labels) }
    return table.applied(to: labels, tapRows: style.tapRows(of: vector))
  }
}

extension Convolution {
  /// What each tap makes of an input that is the same at every pixel: `[kernelSize²][outputChannelCount]`, without bias.
  fileprivate func tapRows(of input: [Float]) -> [Float] {
    let tapCount = kernelSize * kernelSize
    var rows = [Float](repeating: 0, count: tapCount * outputChannelCount)
    for output in 0..<outputChannelCount {
      for tap in 0..<tapCount {
        var sum = 0.0
        for channel in input.indices {
          let weight = weight[(output * inputChannelCount + channel) * tapCount + tap]
          sum += Double(weight) * Double(input[channel])
        }
        rows[tap * outputChannelCount + output] = Float(sum)
      }
    }
    return rows
  }
}
