import SpadeImage
import SpadeInput

/// Where the style of a network with a style input comes from.
package enum StyleSource {
  /// Nobody said: seed 0, with a note.
  case unspecified
  /// The normal distribution; the same seed gives the same style on every machine.
  case seed(UInt64)
  /// An `.npy` file of shape `[n]`, or `[maps, n]` for several label maps.
  case array(path: String)
  /// What the style encoder makes of a photo, a PNG of any size.
  case photo(path: String)

  /// A style for each of `mapCount` maps, empty for a network without style.
  /// - Parameters:
  ///   - network: The model's or the checkpoint's path, for messages.
  ///   - encode: Gives the style of the photo at a path.
  package func styles(
    mapCount: Int, for input: NetworkInput, network: String,
    encode: (_ photo: String) throws(Failure) -> [Float]
  ) throws(Failure) -> [[Float]] {
    guard input.styleCount > 0 else {
      guard case .unspecified = self else { throw Self.unwanted(network) }
      return [[Float]](repeating: [], count: mapCount)
    }
    switch self {
    case .array(let path): return try Self.read(path, mapCount: mapCount, styleCount: input.styleCount)
    case .photo(let path): return [[Float]](repeating: try encode(path), count: mapCount)
    case .seed(let seed): return Self.draw(seed, mapCount, input)
    case .unspecified:
      Standard.error(
        "note: \(network) takes a style and none was given: seed 0 is used; the help lists the ways to give one."
      )
      return Self.draw(0, mapCount, input)
    }
  }

  /// A style was given to a network that takes none.
  package static func unwanted(_ network: String) -> Failure {
    Failure("\(network) has no style input; give it no style.")
  }

  private static func draw(_ seed: UInt64, _ mapCount: Int, _ input: NetworkInput) -> [[Float]] {
    [[Float]](repeating: NormalGenerator.style(seed: seed, count: input.styleCount), count: mapCount)
  }

  private static func read(_ path: String, mapCount: Int, styleCount: Int) throws(Failure) -> [[Float]] {
    let array: NPYArray
    do { array = try NPYArray(npy: path) } catch { throw Failure(path, error) }
    if let index = array.values.firstIndex(where: { !$0.isFinite }) {
      throw Failure("\(path) has a value at index \(index) that is not finite; give another style.")
    }
    if array.shape == [styleCount] || array.shape == [1, styleCount] {
      return [[Float]](repeating: array.values, count: mapCount)
    }
    guard array.shape == [mapCount, styleCount] else {
      let shape = array.shape.map { "\($0)" }.joined(separator: ", ")
      throw Failure(
        "\(path) has shape [\(shape)] and a style has \(styleCount) values; give shape [\(styleCount)]"
          + (mapCount > 1 ? " or [\(mapCount), \(styleCount)]." : "."))
    }
    return (0..<mapCount).map { Array(array.values[$0 * styleCount..<($0 + 1) * styleCount]) }
  }
}
