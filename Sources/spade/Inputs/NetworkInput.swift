import SpadeModel
import SpadeQuantize

/// What a network reads, as far as its inputs have to fit.
struct NetworkInput {
  let width: Int
  let height: Int
  /// Ids of a label map are below this.
  let labelCount: Int
  /// The id of unknown pixels.
  let unknownLabel: Int?
  let hasEdges: Bool
  /// Length of the style; 0 for a network without one.
  let styleCount: Int

  init(_ model: Model) {
    width = model.width
    height = model.height
    labelCount = model.labelCount
    let unknown = model.configuration.unknownLabel
    unknownLabel = unknown == ModelFormat.none ? nil : Int(unknown)
    hasEdges = model.hasEdges
    styleCount = model.styleCount
  }

  init(_ configuration: GeneratorConfiguration) {
    width = configuration.width
    height = configuration.height
    labelCount = configuration.labelCount
    unknownLabel = configuration.hasUnknownClass ? configuration.classCount : nil
    hasEdges = configuration.hasEdges
    styleCount = configuration.styleCount ?? 0
  }
}
