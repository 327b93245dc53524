/// Why a frame or a photo was refused.
public enum InputError: Error, Equatable, Sendable {
  case arenaTooSmall(required: Int, given: Int)
  case arenaMisaligned
  case threadCount(Int)
  case threadsRefused
  case labelCount(required: Int, given: Int)
  case unknownLabel(id: Int, x: Int, y: Int, labelCount: Int)
  case edgesMissing
  case edgesUnexpected
  case styleCount(required: Int, given: Int)
  case styleNotFinite(index: Int)
  case pictureSize(required: Int, given: Int)
  /// A photo for a model without style encoder.
  case encoderMissing
  case photoSize(required: Int, given: Int)
}
