import ArgumentParser
import SpadeTools

/// Where the style of a network with a style input comes from.
struct StyleOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Draw the style from the normal distribution; the same seed gives the same style on every machine.",
      valueName: "number"),
    transform: StyleOptions.seed)
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "Take the style of a photo (PNG or JPEG of any size): the mean that the style encoder gives it, without noise. Or read a "
        + "style that --save-style wrote, or one of the folder styles beside the model, by its name.",
      valueName: "photo.png|style.z"))
  var style: String?

  @Option(
    help: ArgumentHelp(
      "Mix the styles of photos, saved styles and seeds (seed:7): their mean with the weights given, positive numbers that are scaled "
        + "to a sum of 1.", valueName: "a.png:0.3,b.z:0.7"))
  var blend: String?

  @Option(
    help: ArgumentHelp(
      "Read the style from a NumPy file of shape [n], or [maps, n] for a folder of label maps.",
      valueName: "z.npy"))
  var z: String?

  func validate() throws {
    let given = [
      seed.map { _ in "--seed" }, style.map { _ in "--style" }, blend.map { _ in "--blend" },
      z.map { _ in "--z" },
    ].compactMap { $0 }
    guard given.count <= 1 else {
      throw ValidationError("Give one of \(given.listed), not \(given.count == 2 ? "both" : "all").")
    }
    _ = try source()
  }

  private static func seed(_ text: String) throws -> UInt64 {
    guard let seed = UInt64(text) else { throw ValidationError(StyleSource.fault(ofSeed: text)) }
    return seed
  }

  /// - Throws: `ValidationError` where `--blend` has no or a bad weight.
  func source() throws -> StyleSource {
    if let z { return .array(path: z) }
    if let style { return .file(path: style) }
    if let blend {
      do { return .blend(try StyleBlend(blend)) } catch { throw ValidationError(error.sentence) }
    }
    return seed.map { .seed($0) } ?? .unspecified
  }
}
