/// Two neighbouring positions along an axis and their weights, which add to 1.
public struct LinearTap {
  public let low: Int
  public let high: Int
  public let lowWeight: Float
  public let highWeight: Float

  /// The inputs around `(position + 0.5) · inputCount / outputCount − 0.5`.
  /// - Parameters:
  ///   - position: In `0..<outputCount`.
  ///   - inputCount: Positive, and so is `outputCount`.
  public init(position: Int, inputCount: Int, outputCount: Int) {
    let scale = Float(inputCount) / Float(outputCount)
    let source = max((Float(position) + 0.5) * scale - 0.5, 0)
    low = min(Int(source), inputCount - 1)
    high = min(low + 1, inputCount - 1)
    highWeight = min(source - Float(low), 1)
    lowWeight = 1 - highWeight
  }
}
