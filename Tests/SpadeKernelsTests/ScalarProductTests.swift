import CSpadeKernels
import Testing

struct ProductCase: CustomTestStringConvertible, Sendable {
  var rows = 3, taps = 1, depth = 16, panels = 1
  var codes: ClosedRange<Int8> = -128...127, weights: ClosedRange<Int8> = -127...127
  var bias: ClosedRange<Int32> = -100_000...100_000
  var seed: UInt64 = 1

  var testDescription: String {
    "\(rows) rows, \(taps) taps of \(depth), \(panels) panels, codes \(codes), weights \(weights), bias \(bias)"
  }

  static let all = [
    ProductCase(),
    ProductCase(rows: 64, taps: 9, depth: 32, panels: 4),
    ProductCase(rows: 1, taps: 25, depth: 48, panels: 3),
    ProductCase(taps: 9, depth: 64, codes: -128 ... -128, weights: -127 ... -127),
    ProductCase(taps: 9, depth: 64, codes: -128 ... -128, weights: 127...127),
    ProductCase(taps: 9, depth: 64, bias: Int32.max...Int32.max),
    ProductCase(taps: 9, depth: 64, bias: Int32.min...Int32.min),
  ]
}

@Suite struct ScalarProductTests {
  @Test("The product is the sum over taps and depths plus the bias, modulo 2^32", arguments: ProductCase.all)
  func product(_ test: ProductCase) {
    var random = SeededRandom(seed: test.seed)
    let columns = 16
    let sourceRows = 11
    let offsetStride = test.rows + 2
    let codes = random.numbers(sourceRows * test.depth, in: test.codes)
    let offsets = random.numbers(test.taps * offsetStride, in: 0...Int32(sourceRows - 1)).map {
      $0 * Int32(test.depth)
    }
    let biases = random.numbers(test.panels * columns, in: test.bias)
    // [panel][column][tap][depth]
    let weights = random.numbers(test.panels * columns * test.taps * test.depth, in: test.weights)

    let panelByteCount = 128 + test.taps * test.depth * columns
    let panels = UnsafeMutableRawBufferPointer.allocate(
      byteCount: test.panels * panelByteCount, alignment: 64)
    defer { panels.deallocate() }
    for panel in 0..<test.panels {
      for column in 0..<columns {
        let index = panel * columns + column
        panels.storeBytes(
          of: biases[index], toByteOffset: panel * panelByteCount + column * 4, as: Int32.self)
        panels.storeBytes(of: -1, toByteOffset: panel * panelByteCount + 64 + column * 4, as: Int32.self)
        for tap in 0..<test.taps {
          for depth in 0..<test.depth {
            let group = (tap * test.depth + depth) / 4
            let byte = panel * panelByteCount + 128 + (group * columns + column) * 4 + depth % 4
            let weight = weights[(index * test.taps + tap) * test.depth + depth]
            panels.storeBytes(of: weight, toByteOffset: byte, as: Int8.self)
          }
        }
      }
    }

    var accumulators = [Int32](repeating: 0, count: test.panels * test.rows * columns)
    codes.withUnsafeBufferPointer { codes in
      offsets.withUnsafeBufferPointer { offsets in
        accumulators.withUnsafeMutableBufferPointer { accumulators in
          var call = spade_product(
            base: codes.baseAddress, offsets: offsets.baseAddress, offset_stride: offsetStride,
            row_count: test.rows,
            tap_count: test.taps, depth: test.depth,
            weights: panels.baseAddress!.assumingMemoryBound(to: UInt8.self) + 128,
            bias: UnsafeRawPointer(panels.baseAddress!).assumingMemoryBound(to: Int32.self),
            panel_count: test.panels, panel_stride: panelByteCount, accumulators: accumulators.baseAddress,
            accumulator_stride: test.rows * 16)
          spade_kernel_set_at(0).pointee.product(&call)
        }
      }
    }

    var expected: [Int32] = []
    for panel in 0..<test.panels {
      for row in 0..<test.rows {
        for column in 0..<columns {
          let index = panel * columns + column
          var sum = Int64(biases[index])
          for tap in 0..<test.taps {
            for depth in 0..<test.depth {
              let code = codes[Int(offsets[tap * offsetStride + row]) + depth]
              sum += Int64(code) * Int64(weights[(index * test.taps + tap) * test.depth + depth])
            }
          }
          expected.append(Int32(truncatingIfNeeded: sum))
        }
      }
    }
    #expect(accumulators == expected)
  }
}
