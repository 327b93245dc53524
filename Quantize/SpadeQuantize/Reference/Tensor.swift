/// An activation in float32, channel-major: `values[(channel · height + y) · width + x]`.
public struct Tensor: Equatable, Sendable {
  public let channelCount: Int
  public let height: Int
  public let width: Int
  /// Shape `[channelCount, height, width]`.
  public var values: [Float]

  /// - Precondition: `values.count == channelCount · height · width`.
  public init(channelCount: Int, height: Int, width: Int, values: [Float]) {
    precondition(values.count == channelCount * height * width)
    self.channelCount = channelCount
    self.height = height
    self.width = width
    self.values = values
  }

  /// Every value of a channel is that channel's entry of `channels`.
  init(channels: [Float], height: Int, width: Int) {
    let planeCount = height * width
    self.init(channelCount: channels.count, height: height, width: width) { output in
      for channel in channels.indices {
        output[channel * planeCount..<(channel + 1) * planeCount].update(repeating: channels[channel])
      }
    }
  }

  /// `body` must write every value; it finds none initialised.
  init(
    channelCount: Int, height: Int, width: Int, body: (inout UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    let count = channelCount * height * width
    self.init(
      channelCount: channelCount, height: height, width: width,
      values: [Float](unsafeUninitializedCapacity: count) { buffer, initializedCount in
        // Safe: `Float` is trivial, and the buffer is cut to the count that was asked for.
        var output = UnsafeMutableBufferPointer(start: buffer.baseAddress, count: count)
        body(&output)
        initializedCount = count
      })
  }

  /// Values of one channel.
  public var planeCount: Int { height * width }

  public subscript(channel: Int, y: Int, x: Int) -> Float {
    get { values[(channel * height + y) * width + x] }
    set { values[(channel * height + y) * width + x] = newValue }
  }

  /// The same values under another shape of the same count.
  func reshaped(channelCount: Int, height: Int, width: Int) -> Tensor {
    Tensor(channelCount: channelCount, height: height, width: width, values: values)
  }
}

extension Tensor {
  /// Twice the height and width; every value fills a 2×2 cell.
  func doubled() -> Tensor {
    values.withUnsafeBufferPointer { input in
      Tensor(channelCount: channelCount, height: 2 * height, width: 2 * width) { output in
        for row in 0..<channelCount * height {
          let source = row * width
          let upper = row * width * 4
          let lower = upper + width * 2
          for x in 0..<width {
            let value = input[source + x]
            output[upper + 2 * x] = value
            output[upper + 2 * x + 1] = value
            output[lower + 2 * x] = value
            output[lower + 2 * x + 1] = value
          }
        }
      }
    }
  }

  /// `v` where positive, `slope · v` elsewhere; slope 0 is relu.
  mutating func rectify(slope: Float) {
    values.withUnsafeMutableBufferPointer { buffer in
      for index in 0..<buffer.count {
        let value = buffer[index]
        buffer[index] = value > 0 ? value : slope * value
      }
    }
  }

  /// `v = n · (1 + gamma) + beta` for each value `n`, then `slope · v` where `v` is not positive; slope 1 keeps `v`.
  ///
  /// - Precondition: The three tensors have one shape.
  mutating func modulate(gamma: Tensor, beta: Tensor, slope: Float) {
    values.withUnsafeMutableBufferPointer { values in
      gamma.values.withUnsafeBufferPointer { gamma in
        beta.values.withUnsafeBufferPointer { beta in
          for index in 0..<values.count {
            let value = values[index] * (1 + gamma[index]) + beta[index]
            values[index] = value > 0 ? value : slope * value
          }
        }
      }
    }
  }

  /// The channels of both, one after the other.
  /// - Precondition: The sizes are the same.
  func appending(_ other: Tensor) -> Tensor {
    Tensor(
      channelCount: channelCount + other.channelCount, height: height, width: width,
      values: values + other.values)
  }

  /// - Precondition: The shapes are the same.
  mutating func add(_ other: Tensor) {
    values.withUnsafeMutableBufferPointer { buffer in
      other.values.withUnsafeBufferPointer { addend in
        for index in 0..<buffer.count { buffer[index] += addend[index] }
      }
    }
  }
}
