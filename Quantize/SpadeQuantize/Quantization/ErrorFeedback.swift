/// Rounds weights one after the other, each so that it makes good what the ones before it erred, as far as their inputs
/// go together: the squared error of the product's outputs gets small instead of that of its weights.
///
/// With H the second moments of the inputs and e = w − q the errors, outputs err by e H eᵀ. H = U D Uᵀ with a unit upper
/// triangle U splits that into squares D_k · (e_k + Σ_{j < k} e_j U_jk)², and each q_k makes its own as small as it can.
///
/// Source: Frantar et al., "GPTQ", ICLR 2023, in the form of Chee et al., "QuIP", NeurIPS 2023 (LDLQ).
struct ErrorFeedback {
  private let dimension: Int
  /// Row k holds U_jk for j < k.
  private var triangle: [Float]

  /// Inputs that were never seen to differ still get this share of the mean second moment.
  private static let damping: Float = 0.01
  private static let blockSize = 32

  /// - Parameter moments: H, shape `[dimension][dimension]`, symmetric.
  init(moments: [Float], dimension: Int) {
    self.dimension = dimension
    triangle = moments
    var trace: Float = 0
    for index in 0..<dimension { trace += moments[index * dimension + index] }
    let least = max(trace / Float(dimension) * Self.damping, Float.leastNormalMagnitude * 1024)
    for index in 0..<dimension { triangle[index * dimension + index] += least }
    for end in Swift.stride(from: dimension, to: 0, by: -Self.blockSize) {
      eliminate(max(end - Self.blockSize, 0)..<end)
    }
  }

  /// Takes the part of some pivots, whose rows are free of all later ones' parts, from the rows before, and divides their rows.
  private mutating func eliminate(_ pivots: Range<Int>) {
    let dimension = dimension
    let before = pivots.lowerBound
    // The parts of the rows before, [before][pivots], and the pivots' rows, [pivots][before].
    var shares = [Float](repeating: 0, count: before * pivots.count)
    var rowsBefore = shares
    triangle.withUnsafeMutableBufferPointer { rows in
      for pivot in pivots.reversed() {
        let value = rows[pivot * dimension + pivot]
        for row in before..<pivot {
          let factor = rows[pivot * dimension + row] / value
          for column in 0...row {
            rows[row * dimension + column] -= factor * rows[pivot * dimension + column]
          }
        }
        for column in 0..<before {
          let element = rows[pivot * dimension + column]
          shares[column * pivots.count + pivot - before] = -element / value
          rowsBefore[(pivot - before) * before + column] = element
        }
        for column in 0..<pivot { rows[pivot * dimension + column] /= value }
      }
    }
    OpenBLAS.multiplyAdd(
      rows: before, columns: before, depth: pivots.count, shares, rowsBefore, into: &triangle,
      stride: dimension)
  }

  /// Whole numbers −127 … 127 for the weights.
  /// - Parameter weights: `[dimension][columnCount]`, in units of their columns; the codes on return.
  func round(_ weights: inout [Float], columnCount: Int) {
    var errors = [Float](repeating: 0, count: dimension * columnCount)
    var feedback = [Float](repeating: 0, count: Self.blockSize * columnCount)
    for first in Swift.stride(from: 0, to: dimension, by: Self.blockSize) {
      let end = min(first + Self.blockSize, dimension)
      feedback.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
      if first > 0 {
        let rows = (first..<end).flatMap { triangle[$0 * dimension..<$0 * dimension + first] }
        OpenBLAS.multiplyAdd(
          rows: end - first, columns: columnCount, depth: first, rows, errors, into: &feedback)
      }
      for input in first..<end {
        addFeedback(of: first..<input, to: input, errors, into: &feedback, row: input - first, columnCount)
        for column in 0..<columnCount {
          let weight = weights[input * columnCount + column]
          let wanted = weight + feedback[(input - first) * columnCount + column]
          let code = max(-127, min(127, wanted.rounded(.toNearestOrEven)))
          errors[input * columnCount + column] = weight - code
          weights[input * columnCount + column] = code
        }
      }
    }
  }

  private func addFeedback(
    of inputs: Range<Int>, to input: Int, _ errors: [Float], into feedback: inout [Float], row: Int,
    _ columnCount: Int
  ) {
    feedback.withUnsafeMutableBufferPointer { feedback in
      errors.withUnsafeBufferPointer { errors in
        for other in inputs {
          let factor = triangle[input * dimension + other]
          for column in 0..<columnCount {
            feedback[row * columnCount + column] += factor * errors[other * columnCount + column]
          }
        }
      }
    }
  }
}
