import CSpadeKernels
import Testing

@Suite struct ScalarRequantizeTests {
  @Test("Sums of half a code round to the even code")
  func tiesGoToEven() {
    #expect(requantize([1, 3, 5, -1, -3, -5], scale: 0.5) == [0, 2, 2, 0, -2, -2])
  }

  @Test("Codes saturate at 32767 and -32767")
  func saturates() {
    #expect(requantize([65534, 65535, 65536, .max], scale: 0.5) == [32767, 32767, 32767, 32767])
    #expect(
      requantize([-65534, -65535, -65536, -65537, .min], scale: 0.5) == [
        -32767, -32767, -32767, -32767, -32767,
      ])
  }

  @Test("A scale of zero gives zero for every sum")
  func zeroScale() {
    #expect(requantize([.min, -1, 0, 1, .max], scale: 0) == [0, 0, 0, 0, 0])
  }

  @Test(
    "The residual is scaled and added in float32 before rounding", arguments: [0, 0.37, 1, 16384] as [Float])
  func residual(residualScale: Float) {
    var random = SeededRandom(seed: 3)
    let rows = 5
    let columns = 16
    let accumulators = random.numbers(rows * columns, in: Int32(-40_000_000)...40_000_000)
    let scale = random.floats(columns, in: 0...0.001)
    let residual = random.numbers(rows * 24, in: Int16.min...Int16.max)
    let residualOffsets: [Int32] = [24, 24, 0, 96, 48]
    let outOffsets: [Int32] = [96, 48, 72, 0, 24]
    var out = [Int16](repeating: 111, count: rows * 24)
    var expected = out
    for row in 0..<rows {
      for column in 0..<columns {
        let product = Float(accumulators[row * columns + column]) * scale[column]
        let term = Float(residual[Int(residualOffsets[row]) + column]) * residualScale
        expected[Int(outOffsets[row]) + column] = Int16(code(product + term, in: -32767...32767))
      }
    }
    out.withUnsafeMutableBufferPointer { out in
      run(
        accumulators, scale, residual: residual, residualOffsets: residualOffsets,
        residualScale: residualScale,
        outOffsets: outOffsets, out: out.baseAddress!)
    }
    #expect(out == expected)
  }

  /// The codes of up to 16 sums.
  private func requantize(_ sums: [Int32], scale: Float) -> [Int16] {
    let accumulators = sums + [Int32](repeating: 0, count: 16 - sums.count)
    var out = [Int16](repeating: 0, count: 16)
    out.withUnsafeMutableBufferPointer { out in
      run(
        accumulators, [Float](repeating: scale, count: 16), residual: nil, residualOffsets: nil,
        residualScale: 0,
        outOffsets: [0], out: out.baseAddress!)
    }
    return Array(out.prefix(sums.count))
  }

  private func run(
    _ accumulators: [Int32], _ scale: [Float], residual: [Int16]?, residualOffsets: [Int32]?,
    residualScale: Float,
    outOffsets: [Int32], out: UnsafeMutablePointer<Int16>
  ) {
    accumulators.withUnsafeBufferPointer { accumulators in
      scale.withUnsafeBufferPointer { scale in
        (residual ?? []).withUnsafeBufferPointer { values in
          (residualOffsets ?? []).withUnsafeBufferPointer { offsets in
            outOffsets.withUnsafeBufferPointer { outOffsets in
              var call = spade_requantize(
                accumulators: accumulators.baseAddress, row_count: outOffsets.count, scale: scale.baseAddress,
                residual: residual == nil ? nil : values.baseAddress, residual_offsets: offsets.baseAddress,
                residual_scale: residualScale, out: out, out_offsets: outOffsets.baseAddress)
              spade_kernel_set_at(0).pointee.requantize(&call)
            }
          }
        }
      }
    }
  }
}
