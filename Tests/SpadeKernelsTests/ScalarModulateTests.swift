import CSpadeKernels
import Testing

struct ModulateCase: CustomTestStringConvertible, Sendable {
  var width = 9, channels = 32
  var shift = 0
  var hasWindows = true
  var values: ClosedRange<Int16> = -32767...32767
  var biasFactor: Int16 = 1000
  var scale: ClosedRange<Float> = 0...0.000_001
  var slope: Float = 0.2
  var isFine = false
  var seed: UInt64 = 1

  var testDescription: String {
    """
    width \(width), channels \(channels), shift \(shift), windows \(hasWindows), values \(values), \
    bias factor \(biasFactor), scale \(scale), slope \(slope), fine \(isFine)
    """
  }

  static let all = [
    ModulateCase(),
    ModulateCase(shift: 1),
    ModulateCase(shift: 1, hasWindows: false),
    ModulateCase(slope: 1),
    ModulateCase(slope: 0),
    ModulateCase(values: 32767...32767, biasFactor: 32767),
    ModulateCase(values: -32767 ... -32767, biasFactor: -32768, scale: 0.5...0.5),
    ModulateCase(values: -3...3, biasFactor: 1, scale: 0.5...0.5, slope: 1),
    ModulateCase(width: 1, channels: 16, scale: 0...0),
    ModulateCase(isFine: true),
    ModulateCase(shift: 1, hasWindows: false, scale: 0...0.000_01, slope: 1, isFine: true),
    ModulateCase(values: -3...3, biasFactor: 1, scale: 0.5...0.5, slope: 1, isFine: true),
  ]
}

@Suite struct ScalarModulateTests {
  @Test(
    "A pixel goes through its window's affine, the leaky relu and the quantiser", arguments: ModulateCase.all)
  func modulate(_ test: ModulateCase) {
    var random = SeededRandom(seed: test.seed)
    let windowCount = 4
    let x = random.numbers(((test.width + test.shift) >> test.shift) * test.channels, in: test.values)
    let affine = random.numbers(windowCount * test.channels * 2, in: test.values)
    let windows = random.numbers(test.width, in: UInt16(0)...UInt16(windowCount - 1))
    let scale = random.floats(test.channels, in: test.scale)
    let zeroPoint = random.numbers(test.channels, in: -128...127).map { Float($0) }

    let partCount = test.isFine ? 2 : 1
    var out = [Int8](repeating: 0, count: test.width * test.channels * partCount)
    x.withUnsafeBufferPointer { x in
      affine.withUnsafeBufferPointer { affine in
        windows.withUnsafeBufferPointer { windows in
          scale.withUnsafeBufferPointer { scale in
            zeroPoint.withUnsafeBufferPointer { zeroPoint in
              out.withUnsafeMutableBufferPointer { out in
                var call = spade_modulate(
                  x: x.baseAddress, x_shift: UInt32(test.shift), width: test.width, channels: test.channels,
                  windows: test.hasWindows ? windows.baseAddress : nil, affine: affine.baseAddress,
                  bias_factor: test.biasFactor, scale: scale.baseAddress, zero_point: zeroPoint.baseAddress,
                  slope: test.slope, is_fine: test.isFine ? 1 : 0, out: out.baseAddress)
                spade_kernel_set_at(0).pointee.modulate(&call)
              }
            }
          }
        }
      }
    }

    var expected: [Int] = []
    var found: [Int] = []
    for column in 0..<test.width {
      let window = test.hasWindows ? Int(windows[column]) : 0
      for channel in 0..<test.channels {
        let value = Int(x[(column >> test.shift) * test.channels + channel])
        let pair = (window * test.channels + channel) * 2
        let sum = value * Int(affine[pair]) + Int(test.biasFactor) * Int(affine[pair + 1])
        let t = Float(sum) * scale[channel]
        let v = t >= 0 ? t : t * test.slope
        expected.append(Int(code(v + zeroPoint[channel], in: test.isFine ? -326...325 : -128...127)))
        let place = column * test.channels * partCount + channel
        found.append(test.isFine ? 4 * Int(out[place]) + Int(out[place + test.channels]) : Int(out[place]))
        if test.isFine { #expect((0...3).contains(out[place + test.channels])) }
      }
    }
    #expect(found == expected)
  }
}
