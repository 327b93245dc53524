import CSpadeKernels
import Foundation
import Testing

@Suite struct PictureTests {
  @Test(
    "A colour is within 0.02 steps of tanh before it is cut", arguments: [0.000_001, 0.0001, 0.01] as [Float])
  func colour(scale: Float) {
    let rows = 4096
    var accumulators = [Int32](repeating: 0, count: rows * 16)
    // −8 … 8 after scaling.
    for row in 0..<rows {
      for column in 0..<3 {
        let position = Float(row * 3 + column) / Float(rows * 3) * 16 - 8
        accumulators[row * 16 + column] = Int32(position / scale)
      }
    }
    var out = [UInt8](repeating: 0, count: rows * 3)
    spade_kernel_set_at(0).pointee.picture(accumulators, rows, [scale, scale, scale], &out)
    var outside = 0
    for row in 0..<rows {
      for column in 0..<3 {
        let value = Double(accumulators[row * 16 + column]) * Double(scale)
        let exact = (tanh(value) + 1) * 127.5
        let allowed = Int(max(exact - 0.02, 0))...Int(min(exact + 0.02, 255))
        if !allowed.contains(Int(out[row * 3 + column])) { outside += 1 }
      }
    }
    #expect(outside == 0)
  }

  @Test("The greatest sums stay in the colour range")
  func ends() {
    var accumulators = [Int32](repeating: 0, count: 16)
    accumulators[0] = .min
    accumulators[1] = .max
    var out = [UInt8](repeating: 1, count: 3)
    spade_kernel_set_at(0).pointee.picture(accumulators, 1, [0.5, 0.5, 0.5], &out)
    #expect(out[0] == 0)
    #expect(out[1] == 255)
    #expect(out[2] == 127)
  }
}
