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
    case classAdaptive = "class-adaptive"
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
  /// Of these the ones that are left when every distinct window of labels is computed once, on the busiest calibration map.
  let multiplyAdds: Int
  /// Products that kernels do for a map that was painted with the model's plan; `nil` where none was.
  private(set) var doneMultiplyAdds: Int?

  /// The layers in the order in which the steps finish them.
  static func layers(of model: Model, _ metadata: ModelMetadata) -> [LayerReport] {
    struct Key: Hashable {
      let name: NameIndex
      let kind: StepKind
    }
    var seen: Set<Key> = []
    var layers: [LayerReport] = []
    for index in 0..<model.stepCount {
      let step = model.step(StepIndex(index))
      guard seen.insert(Key(name: step.name, kind: step.operation.kind)).inserted,
        let layer = LayerReport(step, model, metadata)
      else { continue }
      layers.append(layer)
    }
    return layers
  }

  private init?(_ step: Step, _ model: Model, _ metadata: ModelMetadata) {
    guard let kind = Kind(step.operation, model) else { return nil }
    self.kind = kind
    name = model.text(step.name)
    if let output = step.operation.output.map({ model.buffer($0) }) {
      (width, height, channels) = (Int(output.width), Int(output.height), Int(output.usedChannels))
    } else {
      (width, height, channels) = (model.width, model.height, 3)
    }
    var part = step
    part.rows = 0..<height
    let costs = Self.parts(step.operation, kind, model).map { operation in
      part.operation = operation
      return StepShape(part, model).cost(windowCount: metadata.windowCount(of: operation, model))
    }
    denseMultiplyAdds = costs.reduce(0) { $0 + $1.denseProductCount }
    multiplyAdds = costs.reduce(0) { $0 + $1.distinctProductCount }
  }

  /// Notes what the steps of a frame did. A step's products are those of the layer of its name that multiplies.
  /// - Parameter costs: Of each step.
  static func add(_ costs: [StepCost], of model: Model, to layers: inout [LayerReport]) {
    var done: [String: Int] = [:]
    for (index, cost) in costs.enumerated() {
      done[model.text(model.step(StepIndex(index)).name), default: 0] += cost.productCount
    }
    for index in layers.indices {
      layers[index].doneMultiplyAdds = layers[index].kind.multiplies ? done[layers[index].name] ?? 0 : 0
    }
  }

  /// What makes the layer: steps of a SPADE layer make its hidden activations, A and B, and codes; before a convolution of the
  /// labels one may add what the style makes of it; of a layer with features their statistics come too.
  private static func parts(_ operation: StepOperation, _ kind: Kind, _ model: Model) -> [StepOperation] {
    switch operation {
    case .modulate(let modulation) where kind == .spade:
      let hidden = model.firstOperation { if case .hidden(modulation.norm, _) = $0 { true } else { false } }
      guard let hidden, case .hidden(_, let bias) = hidden else { return [operation] }
      let hasFeatures = model.norm(modulation.norm).windowAffine?.features != nil
      let statistics: [StepOperation] = hasFeatures ? [.statistics(modulation.norm)] : []
      return model.styleBias(bias) + statistics + [hidden, .affine(modulation.norm), operation]
    case .labelFirst(_, let bias, _): return model.styleBias(bias) + [operation]
    default: return [operation]
    }
  }
}

extension LayerReport.Kind {
  /// - Returns: `nil` for a step that is a part of a layer.
  fileprivate init?(_ operation: StepOperation, _ model: Model) {
    switch operation {
    case .windows, .hidden, .affine, .statistics, .styleBias: return nil
    case .labelFirst: self = .labelConvolution
    case .styleFirst: self = .styleLinear
    case .normalize: self = .normalize
    case .modulate(let modulation):
      self =
        switch model.norm(modulation.norm).source {
        case .windows: .spade
        case .symbols: .classAdaptive
        case .constant: .activation
        }
    case .convolve: self = .convolution
    case .picture: self = .picture
    }
  }

  /// Whether the layer has products of its own: one name may stand for an activation and the convolution behind it.
  fileprivate var multiplies: Bool {
    switch self {
    case .labelConvolution, .styleLinear, .spade, .convolution, .picture: true
    case .classAdaptive, .normalize, .activation: false
    }
  }
}

extension StepShape {
  /// The cost where every distinct window is made once.
  fileprivate func cost(windowCount: Int) -> StepCost {
    StepCost(self, windows: StepWindows(outer: windowCount, isMade: true), rowsPerTile: nil)
  }
}

extension Model {
  fileprivate func firstOperation(where condition: (StepOperation) -> Bool) -> StepOperation? {
    (0..<stepCount).lazy.map { step(StepIndex($0)).operation }.first(where: condition)
  }

  /// The operation that makes what the style adds to a table, if there is one.
  fileprivate func styleBias(_ bias: BufferIndex?) -> [StepOperation] {
    guard let bias else { return [] }
    let made = firstOperation { if case .styleBias(_, _, bias) = $0 { true } else { false } }
    return made.map { [$0] } ?? []
  }

  /// Multiply-adds of the dense network, as the file states them.
  var denseMultiplyAdds: Int {
    Int(configuration.denseProductsHigh) << 32 | Int(configuration.denseProductsLow)
  }
}

extension ModelMetadata {
  /// Distinct windows that a step of a SPADE layer met on the busiest calibration map.
  fileprivate func windowCount(of operation: StepOperation, _ model: Model) -> Int {
    let norm: NormIndex
    switch operation {
    case .affine(let index), .statistics(let index): norm = index
    default: return 0
    }
    let level = model.windowAffine(norm).level
    let area = Int(model.level(level).width) * Int(model.level(level).height)
    return Int(level) < levels.count ? min(levels[Int(level)].windowCount, area) : area
  }
}
