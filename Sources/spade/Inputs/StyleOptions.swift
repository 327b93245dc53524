import ArgumentParser
import SpadeImage
import SpadeInput
import SpadeProgram
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
    guard let style else { return try source.styles(mapCount: mapCount, for: input, network: network) }
    guard input.styleCount > 0 else { throw StyleSource.unwanted(network) }
    let mean = try Self.distribution(photo: style, network: network, encoder: encoder).mean
    return [[Float]](repeating: mean, count: mapCount)
  }

  private var source: StyleSource {
    if let z { return .array(path: z) }
    return seed.map { .seed($0) } ?? .unspecified
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
}
