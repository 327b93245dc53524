/// How many of the values that become codes lie beyond them, layer by layer.
public struct ClippedValues: Sendable {
  public struct Layer: Sendable {
    /// The norm that makes the codes, `conv_img` for the picture's.
    public let name: String
    public fileprivate(set) var clippedCount = 0
    public fileprivate(set) var count = 0

    /// 0 … 1.
    public var share: Double { Double(clippedCount) / Double(max(count, 1)) }

    /// The layer that reads the codes, as `Site.layerName` has it.
    public var reader: String {
      name.hasSuffix(".norm_1") ? String(name.dropLast(7)) : name.replacing(".norm_", with: ".conv_")
    }
  }

  private let codes: [String: CodeScales]
  /// In the order of execution.
  public private(set) var layers: [Layer] = []

  init(codes: [String: CodeScales]) { self.codes = codes }

  /// By the codes of a model file.
  public init(_ simulation: Simulation) {
    var codes: [String: CodeScales] = [:]
    for case (.modulated(let name), .codes(let scales)) in simulation.rounded.grids { codes[name] = scales }
    self.init(codes: codes)
  }

  /// Counts where the site's values become codes.
  public mutating func add(_ site: Site, _ tensor: Tensor) {
    guard case .modulated(let name) = site, let scales = codes[name] else { return }
    let index = layers.firstIndex { $0.name == name } ?? layers.count
    if index == layers.count { layers.append(Layer(name: name)) }
    layers[index].clippedCount += scales.clippedCount(in: tensor)
    layers[index].count += tensor.values.count
  }

  /// Of all values, 0 … 1.
  public var share: Double {
    let clipped = layers.reduce(0) { $0 + $1.clippedCount }
    return Double(clipped) / Double(max(layers.reduce(0) { $0 + $1.count }, 1))
  }
}
