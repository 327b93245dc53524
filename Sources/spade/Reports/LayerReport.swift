import SpadeModel
import SpadeQuantize
import SpadeTools

/// A layer of a model file and what it costs.
struct LayerReport: Encodable {
  enum Kind: String, Encodable {
    case labelConvolution = "labels"
    case styleLinear = "style"
    case spade
    case normalize = "instance norm"
    case activation
    case convolution
    case picture
  }

  let name: String
  let kind: Kind
  /// The output, in pixels and channels.
  let width: Int
  let height: Int
  let channels: Int
  /// Multiply-adds as dense convolutions of the one-hot label map.
  let denseMultiplyAdds: Int
  /// Multiply-adds when every distinct window of labels is computed once, on the busiest calibration map.
  let multiplyAdds: Int

  /// The layers in the order in which the steps finish them.
  static func layers(of model: Model, _ metadata: ModelMetadata) -> [LayerReport] {
    struct Key: Hashable {
      let name: UInt32
      let kind: UInt32
    }
    var seen: Set<Key> = []
    var layers: [LayerReport] = []
    for index in 0..<model.stepCount {
      let step = model.step(index)
      guard let kind = StepKind(rawValue: step.kind),
        seen.insert(Key(name: step.name, kind: step.kind)).inserted,
        let layer = LayerReport(step, kind, model, metadata)
      else { continue }
      layers.append(layer)
    }
    return layers
  }

  private init?(_ step: StepRecord, _ stepKind: StepKind, _ model: Model, _ metadata: ModelMetadata) {
    name = model.text(step.name)
    if stepKind == .picture {
      (width, height, channels) = (model.width, model.height, 3)
    } else {
      guard step.output != ModelFormat.none else { return nil }
      let output = model.buffer(Int(step.output))
      (width, height, channels) = (Int(output.width), Int(output.height), Int(output.usedChannels))
    }
    let area = width * height
    switch stepKind {
    case .windows, .hidden, .affine: return nil
    case .labelFirst:
      kind = .labelConvolution
      let size = Int(model.table(Int(step.operand)).kernelSize)
      denseMultiplyAdds = area * channels * size * size * model.inputChannelCount
      multiplyAdds = 0
    case .styleFirst:
      kind = .styleLinear
      denseMultiplyAdds = area * channels * model.styleCount
      multiplyAdds = denseMultiplyAdds
    case .normalize:
      kind = .normalize
      (denseMultiplyAdds, multiplyAdds) = (0, 0)
    case .modulate:
      let norm = model.norm(Int(step.operand))
      guard norm.level != ModelFormat.none else {
        kind = .activation
        (denseMultiplyAdds, multiplyAdds) = (0, 0)
        return
      }
      kind = .spade
      let product = model.product(Int(norm.product))
      let taps = Int(product.kernelSize * product.kernelSize)
      let hidden = Int(product.usedDepth)
      let pixel = taps * hidden * 2 * channels
      denseMultiplyAdds = area * (taps * hidden * model.inputChannelCount + pixel)
      let windows =
        Int(norm.level) < metadata.levels.count ? metadata.levels[Int(norm.level)].windowCount : area
      multiplyAdds = min(windows, area) * pixel
    case .convolve, .picture:
      kind = stepKind == .picture ? .picture : .convolution
      let product = model.product(Int(step.operand))
      denseMultiplyAdds =
        area * channels * Int(product.kernelSize * product.kernelSize) * Int(product.usedDepth)
      multiplyAdds = denseMultiplyAdds
    }
  }
}

extension Model {
  /// Multiply-adds of the dense network, as the file states them.
  var denseMultiplyAdds: Int {
    Int(configuration.denseProductsHigh) << 32 | Int(configuration.denseProductsLow)
  }
}
