import SpadeCost
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
    guard let kind = Kind(stepKind, model, step) else { return nil }
    self.kind = kind
    let rowEnd = UInt32(height)
    let costs = Self.parts(step, kind, model).map { part in
      var part = part
      part.rowStart = 0
      part.rowEnd = rowEnd
      return StepShape(part, model).cost(windowCount: metadata.windowCount(of: part, model))
    }
    denseMultiplyAdds = costs.reduce(0) { $0 + $1.denseProductCount }
    multiplyAdds = costs.reduce(0) { $0 + $1.productCount }
  }

  /// The steps that make the layer: those of a SPADE layer make its hidden activations, A and B, and codes.
  private static func parts(_ step: StepRecord, _ kind: Kind, _ model: Model) -> [StepRecord] {
    guard kind == .spade else { return [step] }
    return [StepKind.hidden, .affine].map { kind in
      var part = step
      part.kind = kind.rawValue
      return part
    } + [step]
  }
}

extension LayerReport.Kind {
  /// - Returns: `nil` for a step that is a part of a layer.
  fileprivate init?(_ step: StepKind, _ model: Model, _ record: StepRecord) {
    switch step {
    case .windows, .hidden, .affine: return nil
    case .labelFirst: self = .labelConvolution
    case .styleFirst: self = .styleLinear
    case .normalize: self = .normalize
    case .modulate:
      self = model.norm(Int(record.operand)).level == ModelFormat.none ? .activation : .spade
    case .convolve: self = .convolution
    case .picture: self = .picture
    }
  }
}

extension StepShape {
  /// The cost where every distinct window is made once, directly.
  fileprivate func cost(windowCount: Int) -> StepCost {
    var shape = self
    if case .affine(var affine) = shape {
      affine.tapRowCapacity = 0
      shape = .affine(affine)
    }
    return StepCost(shape, windows: StepWindows(outer: windowCount, isMade: true), hasTiles: false)
  }
}

extension Model {
  /// Multiply-adds of the dense network, as the file states them.
  var denseMultiplyAdds: Int {
    Int(configuration.denseProductsHigh) << 32 | Int(configuration.denseProductsLow)
  }
}

extension ModelMetadata {
  /// Distinct windows that a step of a SPADE layer met on the busiest calibration map.
  fileprivate func windowCount(of step: StepRecord, _ model: Model) -> Int {
    guard step.kind == StepKind.affine.rawValue else { return 0 }
    let level = Int(model.norm(Int(step.operand)).level)
    let area = Int(model.level(level).width) * Int(model.level(level).height)
    return level < levels.count ? min(levels[level].windowCount, area) : area
  }
}
