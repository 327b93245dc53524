import SpadeInput

extension RandomCheckpoint {
  /// Sets the running statistics to what training would leave: the mean over pictures of the mean and the variance of what
  /// each batch norm reads, in a network whose norms all measure their own input.
  ///
  /// - Parameters:
  ///   - tensors: What `generator(configuration:seed:)` made for `configuration`. Without batch norm nothing changes.
  ///   - maps: At least one, as the network takes them. Styles are drawn with the seeds 0, 1, ….
  ///   - progress: Called before each map with its index.
  /// - Throws: `CheckpointError` where the tensors are not those of such a generator.
  public static func fit(
    _ tensors: inout [Tensor], configuration: GeneratorConfiguration, maps: [LabelMap],
    progress: (Int) -> Void = { _ in }
  ) throws {
    guard configuration.normalization == .batch, !maps.isEmpty else { return }
    let generator = try Generator(checkpoint: Checkpoint(tensors: tensors), configuration: configuration)
    var sums: [String: SpadeLayer.BatchStatistics] = [:]
    let reference = Reference(generator.measuring)
    for (index, map) in maps.enumerated() {
      progress(index)
      let style = configuration.styleCount.map { NormalGenerator.style(seed: UInt64(index), count: $0) }
      var blocks = generator.blocks[...]
      var block = blocks.popFirst()
      _ = reference.picture(labels: map, style: style) { site, tensor in
        let readers: [SpadeLayer]
        switch site {
        case .first: readers = block?.inputReaders ?? []
        case .convolution(let name) where name == block?.conv0.name: readers = block.map { [$0.norm1] } ?? []
        case .block:
          block = blocks.popFirst()
          readers = block?.inputReaders ?? []
        default: return
        }
        // Doubling repeats pixels and changes neither number.
        let statistics = SpadeLayer.BatchStatistics(measuring: tensor)
        for layer in readers { sums[layer.name, default: .zero(tensor.channelCount)].add(statistics) }
      }
    }
    let count = Float(maps.count)
    for index in tensors.indices {
      for (name, sum) in sums {
        let prefix = "\(name).param_free_norm."
        if tensors[index].name == prefix + "running_mean" { tensors[index].values = sum.mean.map { $0 / count } }
        if tensors[index].name == prefix + "running_var" { tensors[index].values = sum.variance.map { $0 / count } }
      }
    }
  }
}

extension Generator {
  /// The same network with instance norm in place of batch norm.
  fileprivate var measuring: Generator {
    var result = self
    result.configuration.normalization = .instance
    for index in result.blocks.indices {
      result.blocks[index].norm0.statistics = nil
      result.blocks[index].norm1.statistics = nil
      result.blocks[index].shortcut?.norm.statistics = nil
    }
    return result
  }
}

extension Block {
  /// The SPADE layers that read the block's input.
  fileprivate var inputReaders: [SpadeLayer] { [norm0] + (shortcut.map { [$0.norm] } ?? []) }
}

extension SpadeLayer.BatchStatistics {
  fileprivate static func zero(_ channelCount: Int) -> Self {
    let zeros = [Float](repeating: 0, count: channelCount)
    return Self(mean: zeros, variance: zeros)
  }

  /// - Parameter tensor: At least one pixel.
  fileprivate init(measuring tensor: Tensor) {
    let measured = ChannelStatistics(measuring: tensor)
    self.init(
      mean: measured.mean,
      variance: measured.inverseDeviation.map { max(1 / ($0 * $0) - SpadeLayer.epsilon, 0) })
  }

  fileprivate mutating func add(_ other: Self) {
    for channel in mean.indices {
      mean[channel] += other.mean[channel]
      variance[channel] += other.variance[channel]
    }
  }
}
