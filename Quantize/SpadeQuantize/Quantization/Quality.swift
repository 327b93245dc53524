/// Which codes have 9.35 bits instead of 8.
public enum Quality: String, CaseIterable, Sendable {
  /// None.
  case fast
  /// Those that 3×3 convolutions inside blocks read: in tiles that costs next to nothing.
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
