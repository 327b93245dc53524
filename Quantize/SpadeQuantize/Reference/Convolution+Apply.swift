extension Convolution {
  /// The convolution of `input` with zero padding `kernelSize / 2`.
  ///
  /// - Parameters:
  ///   - input: `inputChannelCount` channels of any size.
  ///   - stride: In pixels, positive.
  /// - Returns: `outputChannelCount` channels of `(size + 2 · (kernelSize / 2) - kernelSize) / stride + 1`.
  func applied(to input: Tensor, stride: Int = 1) -> Tensor {
    Self.apply([self], to: input, stride: stride)[0]
  }

  /// Several convolutions of one input, unfolded once.
  ///
  /// - Parameters:
  ///   - convolutions: Not empty; all have the same `kernelSize` and `inputChannelCount`.
  ///   - unfoldedCapacity: Floats of the unfolded input held at a time, or those of one row if that is more.
  static func apply(
    _ convolutions: [Convolution], to input: Tensor, stride: Int = 1, unfoldedCapacity: Int = 1 << 21
  ) -> [Tensor] {
    let kernelSize = convolutions[0].kernelSize
    let depth = input.channelCount * kernelSize * kernelSize
    precondition(
      convolutions.allSatisfy { $0.kernelSize == kernelSize && $0.inputChannelCount == input.channelCount })
    let height = (input.height + kernelSize / 2 * 2 - kernelSize) / stride + 1
    let width = (input.width + kernelSize / 2 * 2 - kernelSize) / stride + 1
    var outputs = convolutions.map { Tensor(channels: $0.bias, height: height, width: width) }

    if kernelSize == 1 && stride == 1 {
      for index in outputs.indices {
        convolutions[index].multiply(
          input.values, columnCount: height * width, into: &outputs[index], firstColumn: 0)
      }
      return outputs
    }

    let bandHeight = max(1, min(height, unfoldedCapacity / (depth * width)))
    var unfolded = [Float](repeating: 0, count: depth * bandHeight * width)
    for top in Swift.stride(from: 0, to: height, by: bandHeight) {
      let rows = top..<min(top + bandHeight, height)
      unfold(input, kernelSize: kernelSize, stride: stride, rows: rows, width: width, into: &unfolded)
      for index in outputs.indices {
        convolutions[index].multiply(
          unfolded, columnCount: rows.count * width, into: &outputs[index], firstColumn: top * width)
      }
    }
    return outputs
  }

  /// `output[:, firstColumn ..< firstColumn + columnCount] += weight · columns`, pixels as columns.
  ///
  /// - Parameter columns: Shape `[inputChannelCount · kernelSize², columnCount]`, maybe with unused values after.
  private func multiply(
    _ columns: [Float], columnCount: Int, into output: inout Tensor, firstColumn: Int
  ) {
    let depth = inputChannelCount * kernelSize * kernelSize
    let planeCount = output.planeCount
    output.values.withUnsafeMutableBufferPointer { buffer in
      guard let first = buffer.baseAddress?.advanced(by: firstColumn) else { return }
      // Safe: `apply` gives whole rows of the output's plane, so every column lies inside it.
      OpenBLAS.multiplyAdd(
        rows: outputChannelCount, columns: columnCount, depth: depth, weight, columns, into: first,
        stride: planeCount)
    }
  }

  /// Copies the input under every tap of the given output rows, zeros outside the input.
  ///
  /// - Parameter unfolded: Receives shape `[channels · kernelSize², rows.count · width]`.
  private static func unfold(
    _ input: Tensor, kernelSize: Int, stride: Int, rows: Range<Int>, width: Int, into unfolded: inout [Float]
  ) {
    let padding = kernelSize / 2
    input.values.withUnsafeBufferPointer { source in
      unfolded.withUnsafeMutableBufferPointer { target in
        // Safe: each row of the result has a task of its own.
        Crew.shared.run(input.channelCount * kernelSize * kernelSize) { depth in
          let (channel, tap) = depth.quotientAndRemainder(dividingBy: kernelSize * kernelSize)
          let columns = TapColumns(
            offset: tap % kernelSize - padding, stride: stride, inputWidth: input.width, width: width)
          var next = depth * rows.count * width
          for y in rows {
            let inputY = y * stride + tap / kernelSize - padding
            let isInside = inputY >= 0 && inputY < input.height
            let row = (channel * input.height + inputY) * input.width
            columns.copy(
              isInside ? source.baseAddress?.advanced(by: row) : nil,
              to: UnsafeMutableBufferPointer(rebasing: target[next..<next + width]))
            next += width
          }
        }
      }
    }
  }
}

/// What one tap of a kernel reads along a row: output x reads the input's column x · stride + offset.
private struct TapColumns {
  let offset: Int
  let stride: Int
  /// The outputs whose column exists.
  let inside: Range<Int>

  init(offset: Int, stride: Int, inputWidth: Int, width: Int) {
    self.offset = offset
    self.stride = stride
    let first = min(width, max(0, (stride - 1 - offset) / stride))
    let last = (inputWidth - 1 - offset) / stride
    inside = first..<(inputWidth - 1 < offset ? first : max(first, min(width, last + 1)))
  }

  /// Copies what the tap reads, zeros for columns that do not exist.
  /// - Parameter row: The input's row; `nil` where that does not exist.
  func copy(_ row: UnsafePointer<Float>?, to target: UnsafeMutableBufferPointer<Float>) {
    guard let row else { return target.update(repeating: 0) }
    target[..<inside.lowerBound].update(repeating: 0)
    // Safe: `inside` keeps the columns inside the input.
    if stride == 1, let target = target.baseAddress {
      (target + inside.lowerBound).update(from: row + inside.lowerBound + offset, count: inside.count)
    } else {
      for x in inside { target[x] = row[x * stride + offset] }
    }
    target[inside.upperBound...].update(repeating: 0)
  }
}
