import SpadeInput

/// Not `RandomCheckpoint.Tensor`.
private typealias Activations = Tensor

extension RandomCheckpoint {
  /// Sets the running statistics to about what training would leave: mean and variance over all pictures of what each batch norm
  /// reads, in a network whose norms before it all measure their own input.
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
    var moments: [String: ChannelMoments] = [:]
    let reference = Reference(generator.measuring)
    for (index, map) in maps.enumerated() {
      progress(index)
      let style: [Float]? = configuration.styleCount.map {
        NormalGenerator.style(seed: UInt64(index), count: $0)
      }
      var blocks = generator.blocks[...]
      var block = blocks.popFirst()
      _ = reference.picture(labels: map, style: style) { (site, tensor: inout Activations) in
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
        for layer in readers { moments[layer.name, default: ChannelMoments(tensor.channelCount)].add(tensor) }
      }
    }
    for index in tensors.indices {
      for (name, moments) in moments {
        let prefix = "\(name).\(configuration.statisticsName)."
        if tensors[index].name == prefix + "running_mean" { tensors[index].values = moments.mean }
        if tensors[index].name == prefix + "running_var" { tensors[index].values = moments.variance }
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

/// Sums over the pixels of many tensors, for each channel.
private struct ChannelMoments {
  private var count = 0.0
  private var sums: [Double]
  private var squares: [Double]

  init(_ channelCount: Int) {
    sums = [Double](repeating: 0, count: channelCount)
    squares = sums
  }

  mutating func add(_ tensor: Tensor) {
    let area = tensor.planeCount
    count += Double(area)
    tensor.values.withUnsafeBufferPointer { values in
      for channel in sums.indices {
        for value in values[(channel * area)..<((channel + 1) * area)] {
          sums[channel] += Double(value)
          squares[channel] += Double(value) * Double(value)
        }
      }
    }
  }

  var mean: [Float] { sums.map { Float($0 / count) } }

  var variance: [Float] {
    sums.indices.map { channel in
      let mean = sums[channel] / count
      return Float(max(squares[channel] / count - mean * mean, 0))
    }
  }
}
