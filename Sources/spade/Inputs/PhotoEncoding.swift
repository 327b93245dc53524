import SpadeImage
import SpadeQuantize
import SpadeTools

/// Makes styles of photos with a checkpoint's style encoder, in float32.
struct PhotoEncoding {
  /// The checkpoint's path, for messages.
  let network: String
  /// The network's style encoder, if it has one; called when a photo is to be encoded.
  let encoder: () throws -> StyleEncoder?

  /// The mean of a photo's distribution: its style, without noise.
  func mean(_ photo: Picture, _ path: String) throws(Failure) -> [Float] { try distribution(photo).mean }

  /// What the style encoder makes of a photo.
  func distribution(_ photo: Picture) throws(Failure) -> (mean: [Float], logVariance: [Float]) {
    do {
      guard let encoder = try encoder() else {
        throw Failure(
          "\(network) has no style encoder; give --seed, --z or a saved style, or have *_net_E.pth beside the "
            + "generator's file.")
      }
      return EncoderReference(encoder).distribution(
        photo: photo.resizedBilinear(width: StyleEncoder.photoSize, height: StyleEncoder.photoSize))
    } catch {
      throw Failure(network, error)
    }
  }
}
