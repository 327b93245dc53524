import ArgumentParser
import SpadeImage
import SpadeQuantize

/// Where the style of a network with a style input comes from.
struct StyleOptions: ParsableArguments {
  @Option(
    help: "Draw the style from the normal distribution; the same seed gives the same style on every machine.")
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Take the style of a photo (PNG of any size): the mean that the style encoder gives it, without noise.",
      valueName: "photo.png"))
  var style: String?

  @Option(
    help: ArgumentHelp(
      "Read the style from a NumPy file of shape [n], or [maps, n] for a folder of label maps.",
      valueName: "z.npy"))
  var z: String?

  init() {}

  init(z: String?) {
    seed = nil
    style = nil
    self.z = z
  }

  func validate() throws {
    let given = [seed.map { _ in "--seed" }, style.map { _ in "--style" }, z.map { _ in "--z" }].compactMap {
      $0
    }
    guard given.count <= 1 else {
      throw ValidationError("Give one of \(given.joined(separator: " and ")), not both.")
    }
  }

  /// A style for each of `mapCount` maps, empty for a network without style.
  /// - Parameters:
  ///   - network: The model's or the checkpoint's path, for messages.
  ///   - encoder: The network's style encoder, if it has one.
  func styles(
    mapCount: Int, for input: NetworkInput, network: String, encoder: () throws -> StyleEncoder?
  ) throws -> [[Float]] {
    guard input.styleCount > 0 else {
      if seed != nil || style != nil || z != nil {
        throw Failure("\(network) has no style input; leave --seed, --style and --z out.")
      }
      return [[Float]](repeating: [], count: mapCount)
    }
    if let z { return try Self.read(z, mapCount: mapCount, styleCount: input.styleCount) }
    if let style {
      let mean = try Self.distribution(photo: style, network: network, encoder: encoder).mean
      return [[Float]](repeating: mean, count: mapCount)
    }
    if seed == nil {
      Standard.error(
        "note: \(network) takes a style and none was given: seed 0 is used; see --seed, --style and --z.")
    }
    let drawn = NormalGenerator.style(seed: seed ?? 0, count: input.styleCount)
    return [[Float]](repeating: drawn, count: mapCount)
  }

  /// What the style encoder makes of a photo.
  static func distribution(
    photo path: String, network: String, encoder: () throws -> StyleEncoder?
  ) throws -> (mean: [Float], logVariance: [Float]) {
    guard let encoder = try encoder() else {
      throw Failure(
        "\(network) has no style encoder; give --seed or --z, or have *_net_E.pth beside the generator's file."
      )
    }
    let photo = try about(path) { try Picture(png: path) }
    try OpenBLAS.require()
    return EncoderReference(encoder).distribution(
      photo: photo.resizedBilinear(width: StyleEncoder.photoSize, height: StyleEncoder.photoSize))
  }

  private static func read(_ path: String, mapCount: Int, styleCount: Int) throws -> [[Float]] {
    let array = try about(path) { try NPYArray(npy: path) }
    if let index = array.values.firstIndex(where: { !$0.isFinite }) {
      throw Failure("\(path) has a value at index \(index) that is not finite; give another style.")
    }
    if array.shape == [styleCount] || array.shape == [1, styleCount] {
      return [[Float]](repeating: array.values, count: mapCount)
    }
    guard array.shape == [mapCount, styleCount] else {
      throw Failure(
        "\(path) has shape \(array.shape) and a style has \(styleCount) values; give shape [\(styleCount)]"
          + (mapCount > 1 ? " or [\(mapCount), \(styleCount)]." : "."))
    }
    return (0..<mapCount).map { Array(array.values[$0 * styleCount..<($0 + 1) * styleCount]) }
  }
}
