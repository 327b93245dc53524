import SpadeInput

/// What each source of error costs on some maps, for the picture and layer by layer.
public struct ErrorStudy {
  /// Which sources are at work.
  public enum Trial: Hashable, Sendable {
    case all
    case alone(ErrorSource)
    case without(ErrorSource)

    var sources: Set<ErrorSource> {
      switch self {
      case .all: Set(ErrorSource.allCases)
      case .alone(let source): [source]
      case .without(let source): Set(ErrorSource.allCases).subtracting([source])
      }
    }

    static var allTrials: [Trial] {
      [.all] + ErrorSource.allCases.map { .alone($0) } + ErrorSource.allCases.map { .without($0) }
    }
  }

  /// What a layer makes, against float32.
  public struct Layer {
    /// As `Site.layerName` has it.
    public let name: String
    public fileprivate(set) var all = SignalToNoise()
    /// With one source at a time.
    public fileprivate(set) var alone: [ErrorSource: SignalToNoise] = [:]
  }

  private let simulation: Simulation
  /// Of float32's values, by the model's codes.
  public private(set) var clipped: ClippedValues
  /// In the order of execution.
  public private(set) var layers: [Layer] = []
  private var decibels: [Trial: [Double]] = [:]

  public init(_ simulation: Simulation) {
    self.simulation = simulation
    clipped = ClippedValues(simulation)
  }

  /// Paints a map with each choice of sources.
  /// - Parameter progress: Called before each picture.
  public mutating func add(_ labels: LabelMap, style: [Float]?, progress: (Trial) -> Void) {
    var expected: [Site: Tensor] = [:]
    var clipped = clipped
    let picture = simulation.picture(labels: labels, style: style, sources: []) { site, tensor in
      if site.layerName != nil { expected[site] = tensor }
      clipped.add(site, tensor)
    }.rgb8()
    self.clipped = clipped
    for trial in Trial.allTrials {
      progress(trial)
      var layers = layers
      let trialPicture = simulation.picture(labels: labels, style: style, sources: trial.sources) {
        site, tensor in
        guard let name = site.layerName, let expected = expected[site] else { return }
        layers.add(name, trial, expected: expected, tensor)
      }.rgb8()
      self.layers = layers
      decibels[trial, default: []].append(Metrics.psnr(picture, trialPicture))
    }
  }

  /// PSNR in dB of the mean squared difference over all maps: one map without an error does not hide what others have.
  /// - Precondition: At least one map was added.
  public func psnr(_ trial: Trial) -> Double {
    Metrics.psnr(together: decibels[trial] ?? [])
  }
}

extension [ErrorStudy.Layer] {
  fileprivate mutating func add(
    _ name: String, _ trial: ErrorStudy.Trial, expected: Tensor, _ tensor: Tensor
  ) {
    let index = firstIndex { $0.name == name } ?? count
    if index == count { append(ErrorStudy.Layer(name: name)) }
    switch trial {
    case .all: self[index].all.add(reference: expected.values, test: tensor.values)
    case .alone(let source):
      self[index].alone[source, default: SignalToNoise()].add(
        reference: expected.values, test: tensor.values)
    case .without: break
    }
  }
}
