/// For one output position along an axis after the other, the input position it is taken from, by Pillow's rule for `NEAREST`.
///
/// `floor((position + 0.5) · inputCount / outputCount)` as Pillow computes it: the step between centres is a
/// rounded `Double` and is added up, so where the exact quotient is whole the result may be one less. For
/// output counts that are powers of two every sum is exact.
public struct NearestSources {
  private let inputCount: Int
  private let step: Double
  private var center: Double

  /// - Parameters:
  ///   - inputCount: Positive, and so is `outputCount`.
  public init(inputCount: Int, outputCount: Int) {
    precondition(inputCount > 0 && outputCount > 0)
    self.inputCount = inputCount
    step = Double(inputCount) / Double(outputCount)
    center = step * 0.5
  }

  /// The next position's, in `0..<inputCount`; to be called `outputCount` times.
  public mutating func next() -> Int {
    defer { center += step }
    return min(Int(center), inputCount - 1)
  }
}
