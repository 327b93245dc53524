/// Which codes have 9.35 bits instead of 8.
///
/// Tiles take both at the same price. Elsewhere a pixel of fine codes is multiplied as two rows: in the products of plans too small for tiles,
/// in shortcuts of size 1×1 and in the picture's convolution.
public enum Quality: String, CaseIterable, Sendable {
  /// None.
  case fast
  /// Those that convolutions of size 3×3 read, shortcuts not.
  case balanced
  /// All.
  case best

  func isFine(_ reader: Convolution) -> Bool {
    switch self {
    case .fast: false
    case .balanced: reader.kernelSize == 3
    case .best: true
    }
  }
}
