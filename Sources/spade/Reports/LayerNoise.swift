import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// Signal and quantisation noise of every layer with a wide output, over all maps that were compared.
struct LayerNoise {
  private let model: Model
  private var sums: [String: SignalToNoise] = [:]
  /// Layers in the order in which they were first seen.
  private var names: [String] = []
  /// Layers whose tensors the reference does not have in their shape: none of a file that a compiler of Spade made.
  private(set) var unread: [String] = []

  init(_ model: Model) { self.model = model }

  /// Signal-to-quantisation-noise ratio of each layer, in dB.
  var layers: [EvaluationReport.Layer] {
    names.compactMap { name in
      guard let sum = sums[name] else { return nil }
      return EvaluationReport.Layer(name: name, sqnr: sum.decibels)
    }
  }

  /// Compares the rows that a step has just written with the reference's tensors.
  mutating func add(_ step: Int, of runtime: borrowing Runtime, tensors: [Site: Tensor]) {
    guard let (name, site, output) = layer(step) else { return }
    // A class-adaptive layer with instance borders appends a channel to what it reads: the file's tensor has an empty one there, the last.
    guard let tensor = tensors[site], tensor.width == Int(output.width), tensor.height == Int(output.height),
      tensor.channelCount <= Int(output.usedChannels)
    else {
      if !unread.contains(name) { unread.append(name) }
      return
    }
    let scale = output.scale
    runtime.forEachWideRow(writtenBy: step) { y, codes in
      add(name, y: y, codes: codes, scale: scale, tensor: tensor)
    }
  }

  /// The layer whose output a step writes. A block's last convolution adds the residual: it is the block. A learned
  /// shortcut writes the block's buffer before that, so the step's name tells it, not the buffer's.
  private func layer(_ index: Int) -> (name: String, site: Site, output: BufferRecord)? {
    let step = model.step(StepIndex(index))
    guard let output = step.operation.output.map({ model.buffer($0) }) else { return nil }
    let isBlock = step.operation.convolution?.residual != nil
    let name = model.text(isBlock ? step.block : step.name)
    let site: Site
    switch step.operation {
    case .labelFirst, .styleFirst: site = .first
    case .convolve: site = isBlock ? .block(name) : .convolution(name)
    default: return nil
    }
    return (name, site, output)
  }

  private mutating func add(
    _ name: String, y: Int, codes: UnsafeBufferPointer<Int16>, scale: Float, tensor: Tensor
  ) {
    if sums[name] == nil { names.append(name) }
    let channelCount = codes.count / tensor.width
    var sum = sums[name] ?? SignalToNoise()
    tensor.values.withUnsafeBufferPointer { values in
      for channel in 0..<tensor.channelCount {
        let row = (channel * tensor.height + y) * tensor.width
        for x in 0..<tensor.width {
          sum.add(reference: values[row + x], test: Float(codes[x * channelCount + channel]) * scale)
        }
      }
    }
    sums[name] = sum
  }
}
