import SpadeInput
import SpadeModel

/// A model file's network in float32, with those of its errors that one asks for.
///
/// What the file rounds is rounded in the same places: with all sources of error the picture is the runtime's but for values
/// that lie on the edge between two codes.
public struct Simulation {
  let rounded: RoundedGenerator

  /// - Parameter generator: Of the checkpoint that the model was made from.
  /// - Throws: `UnfamiliarModel`, also where the generator is another one.
  public init(_ model: Model, _ generator: Generator) throws(UnfamiliarModel) {
    rounded = try RoundedGenerator(model, generator)
  }

  /// Paints a label map, as `Reference.picture` does.
  /// - Parameter visit: Sees tensors as the sources of error have left them.
  public func picture(
    labels: LabelMap, style: [Float]? = nil, sources: Set<ErrorSource>, visit: Reference.Visit? = nil
  ) -> Tensor {
    var gamma: Tensor?
    let reference = Reference(rounded.generator(with: sources))
    let style = sources.contains(.wide) ? style.map(Self.rounded) : style
    return reference.picture(labels: labels, style: style) { site, tensor in
      switch rounded.grids[site] {
      case .wide(let scale)? where sources.contains(.wide): tensor.roundWide(scale: scale)
      case .hidden(let unit)? where sources.contains(.hidden): tensor.roundHidden(tableUnit: unit)
      case .features(let unit)? where sources.contains(.hidden): tensor.roundCodes(unit: unit)
      case .gamma(let grid)? where sources.contains(.affine):
        gamma = tensor
        grid.roundFactors(&tensor)
      case .beta(let grid)? where sources.contains(.affine):
        if let gamma { grid.roundTerms(&tensor, gamma: gamma) }
      case .codes(let codes)? where !sources.isDisjoint(with: [.clipping, .rounding]):
        codes.apply(
          to: &tensor, clips: sources.contains(.clipping), rounds: sources.contains(.rounding))
      default: break
      }
      visit?(site, &tensor)
    }
  }

  private static func rounded(_ style: [Float]) -> [Float] {
    style.map { value in
      let code = (value * ModelFormat.styleScale).rounded(.toNearestOrEven)
      return max(-16384, min(16383, code)) / ModelFormat.styleScale
    }
  }
}
