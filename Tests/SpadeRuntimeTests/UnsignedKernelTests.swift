import CSpadeKernels
import SpadeQuantize
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// Frames with codes kept as unsigned bytes, as the VNNI sets keep them, on CPUs that have none of those.
@Suite struct UnsignedKernelTests {
  @Test(arguments: TinyNetwork.allCases) func samePictureAsSigned(_ network: TinyNetwork) throws {
    let run = try ModelRun(try network.file().bytes)
    let style = network.styleVector(seed: 2)
    for map in [network.maps(1)[0], network.noiseMap()] {
      let signed = try run.frame(map, style: style, kernels: supportedKernels[0])
      let unsigned = try run.frame(map, style: style, kernels: unsignedKernels, threadCount: 2)
      #expect(unsigned.checksum == signed.checksum && unsigned.isIntact)
    }
  }

  @Test func sameStyleAsSigned() throws {
    let run = try ModelRun(try TinyNetwork.style.file().bytes)
    let style = try run.style(ofPhoto: testPhoto, kernels: unsignedKernels, threadCount: 2)
    #expect(style.checksum == run.model.testStyleChecksum && style.isIntact)
  }
}

private var scalar: UnsafePointer<spade_kernel_set> { spade_kernel_set_at(0).unsafelyUnwrapped }

/// The scalar kernels, but codes in memory are xored with 0x80.
private let unsignedKernels: KernelSet = {
  var set = scalar.pointee
  set.code_flip = 0x80
  set.product = { call in
    let p = call.unsafelyUnwrapped.pointee
    for panel in 0..<p.panel_count {
      let weights = UnsafeRawPointer(p.weights.unsafelyUnwrapped + panel * p.panel_stride)
      let bias = p.bias.map { UnsafeRawPointer($0) + panel * p.panel_stride }
      for row in 0..<p.row_count {
        for column in 0..<16 {
          var sum = bias?.load(fromByteOffset: 4 * column, as: Int32.self) ?? 0
          for tap in 0..<p.tap_count {
            let codes = p.base.unsafelyUnwrapped + Int(p.offsets[tap * p.offset_stride + row])
            for depth in 0..<p.depth {
              let at = (tap * p.depth + depth / 4 * 4) * 16 + 4 * column + depth % 4
              let weight = Int32(weights.load(fromByteOffset: at, as: Int8.self))
              sum &+= Int32(UInt8(bitPattern: codes[depth])) * weight
            }
          }
          p.accumulators[panel * p.accumulator_stride + row * 16 + column] = sum
        }
      }
    }
  }
  set.modulate = { call in
    scalar.pointee.modulate(call)
    let p = call.unsafelyUnwrapped.pointee
    for index in 0..<(p.width * p.channels * (p.is_fine == 0 ? 1 : 2)) { p.out[index] ^= -128 }
  }
  set.table_sum_relu = { call, out in
    scalar.pointee.table_sum_relu(call, out)
    for channel in 0..<call.unsafelyUnwrapped.pointee.channels { out.unsafelyUnwrapped[channel] ^= -128 }
  }
  set.depthwise = { call in
    let p = call.unsafelyUnwrapped.pointee
    for feature in 0..<2 * p.channels {
      p.sums[feature] = (0..<p.tap_count).reduce(0) { sum, tap in
        let code = p.base[Int(p.offsets[tap * p.offset_stride]) + feature % p.channels]
        return sum + Int32(UInt8(bitPattern: code)) * Int32(p.weights[tap * 2 * p.channels + feature])
      }
    }
  }
  set.feature_codes = { call in
    scalar.pointee.feature_codes(call)
    let p = call.unsafelyUnwrapped.pointee
    for index in 0..<2 * p.count { p.out[index] ^= -128 }
  }
  let table = UnsafeMutablePointer<spade_kernel_set>.allocate(capacity: 1)
  table.initialize(to: set)
  return KernelSet(table: table, index: KernelSet.count)
}()
