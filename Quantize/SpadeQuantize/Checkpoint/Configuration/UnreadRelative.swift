/// A generator that resembles SPADE's and is not read, known by its tensors.
public enum UnreadRelative: Equatable, Sendable {
  /// A style code for each region.
  case sean
  case pix2pixHD
  /// NVIDIA's later library, with its own SPADE and vid2vid.
  case imaginaire
  /// CLADE with positions inside each segment (`add_dist`).
  case cladeWithPositions

  init?(_ checkpoint: Checkpoint) {
    let names = checkpoint.names
    func holds(_ part: String) -> Bool { names.contains { $0.contains(part) } }
    if holds("dist_conv_w") {
      self = .cladeWithPositions
    } else if holds("Zencoder.") || holds(".ace_0.") || holds(".blending_gamma") {
      self = .sean
    } else if holds("spade_generator.") || holds(".conv_block_0.layers.") {
      self = .imaginaire
    } else if names.contains(where: { $0.hasPrefix("model1_") || $0 == "model.1.weight" }) {
      self = .pix2pixHD
    } else {
      return nil
    }
  }
}
