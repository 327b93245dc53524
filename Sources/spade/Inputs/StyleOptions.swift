import ArgumentParser
import SpadeImage
import SpadeInput
import SpadeProgram
import SpadeQuantize
import SpadeRuntime

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
  ///   - encode: Gives the style of the photo at a path.
  func styles(
    mapCount: Int, for input: NetworkInput, network: String,
    encode: (_ photo: String) throws(Failure) -> [Float]
  ) throws(Failure) -> [[Float]] {
    try source.styles(mapCount: mapCount, for: input, network: network, encode: encode)
  }

  /// A style for each of `mapCount` maps that a model file paints; photos go through its own encoder.
  func styles(
    mapCount: Int = 1, for file: ModelFile, kernels: KernelSet, threadCount: Int
  ) throws(Failure) -> [[Float]] {
    try styles(mapCount: mapCount, for: NetworkInput(file.model), network: file.path) {
      (photo) throws(Failure) in
      try file.style(ofPhoto: photo, kernels: kernels, threadCount: threadCount)
    }
  }

  private var source: StyleSource {
    if let z { return .array(path: z) }
    if let style { return .photo(path: style) }
    return seed.map { .seed($0) } ?? .unspecified
  }

  /// What a checkpoint's style encoder makes of a photo, in float32.
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
