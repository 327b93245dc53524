import SpadeQuantize
import SpadeTools

extension NetworkInput {
  init(_ configuration: GeneratorConfiguration) {
    self.init(
      width: configuration.width, height: configuration.height, labelCount: configuration.labelCount,
      unknownLabel: configuration.hasUnknownClass ? configuration.classCount : nil,
      hasEdges: configuration.hasEdges, styleCount: configuration.styleCount ?? 0)
  }
}
