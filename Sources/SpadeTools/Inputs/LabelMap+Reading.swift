import SpadeImage
import SpadeInput

extension LabelMap {
  /// Reads a label map and, for a network with edges, its instance map, and brings both to the network's size.
  package init(
    labels path: String, instances instancePath: String?, by reading: LabelReading
  ) throws(Failure) {
    let input = reading.input
    let labels = try reading.ids(path)
    let edges = try Self.edges(instancePath, labels: labels, path, input)
    self.init(
      width: input.width, height: input.height,
      ids: labels.resized(width: input.width, height: input.height).values, edges: edges)
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
