import SpadeFiles
import SpadeImage
import SpadeQuantize
import SpadeTools

/// The classes of a network from a text file.
enum ClassList {
  /// - Parameter configuration: The network's; the list has its classes, with or without the unknown one.
  static func read(_ path: String, for configuration: GeneratorConfiguration) throws -> [ModelMetadata.Class]
  {
    let classes = try about(path) { try ModelMetadata.Class.list(File.content(path, byteLimit: 1 << 20)) }
    guard classes.count == configuration.classCount || classes.count == configuration.labelCount else {
      throw Failure(
        "\(path) names \(classes.count) classes and the network has \(configuration.classCount)"
          + "\(configuration.hasUnknownClass ? " and one for unknown pixels" : ""); name each of them.")
    }
    return classes
  }
}

extension NetworkClass {
  init(_ entry: ModelMetadata.Class) {
    self.init(
      name: entry.name, color: entry.color.map { Color(red: $0[0], green: $0[1], blue: $0[2]) })
  }
}
