import SpadeModel

/// What a network reads, as far as its inputs have to fit.
package struct NetworkInput {
  package let width: Int
  package let height: Int
  /// Ids of a label map are below this.
  package let labelCount: Int
  /// The id of unknown pixels.
  package let unknownLabel: Int?
  package let hasEdges: Bool
  /// Length of the style; 0 for a network without one.
  package let styleCount: Int

  package init(_ model: Model) {
    width = model.width
    height = model.height
    labelCount = model.labelCount
    unknownLabel = model.unknownLabel
    hasEdges = model.hasEdges
    styleCount = model.styleCount
  }

  /// - Parameters: As the properties say.
  package init(
    width: Int, height: Int, labelCount: Int, unknownLabel: Int?, hasEdges: Bool, styleCount: Int
  ) {
    self.width = width
    self.height = height
    self.labelCount = labelCount
    self.unknownLabel = unknownLabel
    self.hasEdges = hasEdges
    self.styleCount = styleCount
  }
}
