import SpadeImage
import SpadeInput

extension LabelMap {
  /// The value of unknown pixels in label map files, whatever the number of classes.
  private static let unknownValue: UInt16 = 255

  /// Reads a label map and, for a network with edges, its instance map, and brings both to the network's size.
  /// - Parameter input: The network's; ids in the file must be below its label count, or 255 where it knows
  ///   unknown pixels.
  package init(
    labels path: String, instances instancePath: String?, for input: NetworkInput
  ) throws(Failure) {
    let labels = try IndexImage(reading: path)
    var values = labels.values
    for index in values.indices {
      if let unknown = input.unknownLabel, values[index] == Self.unknownValue {
        values[index] = UInt16(unknown)
      }
      if Int(values[index]) >= input.labelCount {
        throw Failure(
          "\(path) holds id \(values[index]) at x \(index % labels.width), y \(index / labels.width) and the network "
            + "has \(input.labelCount) classes, ids 0 to \(input.labelCount - 1)"
            + (input.unknownLabel == nil ? "" : " and 255 for unknown")
            + "; give a map with ids of these classes.")
      }
    }
    let edges = try Self.edges(instancePath, labels: labels, path, input)
    let known: IndexImage
    do { known = try IndexImage(width: labels.width, height: labels.height, values: values) } catch {
      throw Failure(path, error)
    }
    self.init(
      width: input.width, height: input.height,
      ids: known.resized(width: input.width, height: input.height).values, edges: edges)
  }

  private static func edges(
    _ path: String?, labels: IndexImage, _ labelPath: String, _ input: NetworkInput
  ) throws(Failure) -> [UInt8]? {
    guard input.hasEdges else {
      guard let path else { return nil }
      throw Failure(
        "\(path) cannot be used because the network does not read instance borders; leave --instances out.")
    }
    guard let path else {
      throw Failure(
        "\(labelPath) needs an instance map because the network reads instance borders; give one with --instances."
      )
    }
    let instances = try IndexImage(reading: path)
    guard instances.width == labels.width, instances.height == labels.height else {
      throw Failure(
        "\(path) is \(instances.width) by \(instances.height) pixels and \(labelPath) is \(labels.width) by "
          + "\(labels.height); give an instance map of the label map's size.")
    }
    return SpadeImage.edges(of: instances.resized(width: input.width, height: input.height))
  }
}

extension IndexImage {
  fileprivate init(reading path: String) throws(Failure) {
    do { try self.init(png: path) } catch { throw Failure(path, error) }
  }
}
