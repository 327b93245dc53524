import SpadeInput

/// Maps whose values are counted that lie beyond codes made without them.
///
/// Of eight given maps or more those are some of them: they are what the network is meant for. Their values are in the model's ranges all the
/// same, so its own codes reach at least as far. Of fewer each counts for the ranges; then they are drawings.
public struct UnseenMaps {
  /// Whether they are given maps, held back.
  public let areHeldBack: Bool
  public let maps: [LabelMap]
  /// One for each map; empty for a generator without style.
  private let styles: [[Float]]
  private let codes: [String: CodeScales]

  private static let leastGivenCount = 8
  private static let heldBackCount = 4
  /// One drawing for each kind of scene.
  private static let drawingCount = 5

  /// The given maps that are held back.
  static func indices(of input: CompilerInput) -> [Int] {
    let count = input.maps.count
    // Where drawings stand in for maps each shows classes that no other does.
    guard count >= leastGivenCount, !input.drawings.isEmpty else { return [] }
    return Array(stride(from: 3, to: count, by: max(4, count / heldBackCount)).prefix(heldBackCount))
  }

  /// - Parameters:
  ///   - ranges: Of the calibration with `input`, the maps of `indices` held back.
  ///   - styles: Of the calibration's maps.
  init(_ input: CompilerInput, _ ranges: Ranges, styles: [[Float]]) throws(QuantizationError) {
    let indices = Self.indices(of: input)
    areHeldBack = !indices.isEmpty
    codes = try ranges.seenCodes(input.generator, quality: input.quality)
    guard indices.isEmpty else {
      maps = indices.map { input.maps[$0] }
      self.styles = styles.isEmpty ? [] : indices.map { styles[$0] }
      return
    }
    let configuration = input.generator.configuration
    maps = ProceduralMaps.maps(
      count: Self.drawingCount, labelCount: configuration.labelCount, width: configuration.width,
      height: configuration.height, hasEdges: configuration.hasEdges, seed: 1)
    // Calibration had the seeds before.
    self.styles = (0..<(styles.isEmpty ? 0 : Self.drawingCount)).map { index in
      NormalGenerator.style(seed: UInt64(styles.count + index), count: styles[0].count)
    }
  }

  /// Paints the maps in float32.
  /// - Parameter progress: Called before each map with its index.
  public func clippedValues(of generator: Generator, progress: (Int) -> Void) -> ClippedValues {
    let reference = Reference(generator)
    var clipped = ClippedValues(codes: codes)
    for (index, map) in maps.enumerated() {
      progress(index)
      let style = styles.isEmpty ? nil : styles[index % styles.count]
      _ = reference.picture(labels: map, style: style) { clipped.add($0, $1) }
    }
    return clipped
  }
}

extension Ranges {
  /// The codes that the maps which were not held back make.
  fileprivate func seenCodes(
    _ generator: Generator, quality: Quality
  ) throws(QuantizationError) -> [String: CodeScales] {
    var codes: [String: CodeScales] = [:]
    for block in generator.blocks {
      for (layer, reader) in block.readers {
        codes[layer.name] = try QuantizationError.naming(layer.namedTensors) {
          () throws(ValueTooLarge) -> CodeScales in
          try CodeScales(
            seen[layer.name], slope: layer.slope, isFine: quality.isFine(reader),
            channelCount: layer.outputChannelCount)
        }
      }
    }
    let picture = generator.picture
    codes[picture.name] = try QuantizationError.naming(picture.namedTensors) {
      () throws(ValueTooLarge) -> CodeScales in
      try CodeScales(
        seen[picture.name], slope: Generator.negativeSlope, isFine: quality.isFine(picture),
        channelCount: picture.inputChannelCount)
    }
    return codes
  }
}

extension Block {
  /// The block's SPADE layers and the convolutions that read them, in execution order.
  var readers: [(SpadeLayer, Convolution)] {
    let shortcut = shortcut.map { [($0.norm, $0.conv)] } ?? []
    return shortcut + [(norm0, conv0), (norm1, conv1)]
  }
}
