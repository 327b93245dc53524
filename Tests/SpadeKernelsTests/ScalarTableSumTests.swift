import CSpadeKernels
import Testing

@Suite struct ScalarTableSumTests {
  @Test("Rows of the table are added to the bias modulo 2^16", arguments: [0, 1, 9, 50])
  func sum(count: Int) {
    var random = SeededRandom(seed: 5)
    let channels = 32
    let table = random.numbers(7 * channels, in: Int16.min...Int16.max)
    let offsets = random.numbers(count, in: 0...Int32(6)).map { $0 * Int32(channels) }
    let bias = random.numbers(channels, in: Int16.min...Int16.max)
    var out = [Int16](repeating: 0, count: channels)
    withCall(table, offsets, bias) { call in spade_kernel_set_at(0).pointee.table_sum(&call, &out) }
    let expected = (0..<channels).map { channel in
      offsets.reduce(bias[channel]) { $0 &+ table[Int($1) + channel] }
    }
    #expect(out == expected)
  }

  @Test(
    "A hidden activation is the sum over 32, rounded half up and cut to 0 ... 255, less 128",
    arguments: [
      (-32768, -128), (-1, -128), (15, -128), (16, -127), (47, -127), (48, -126), (4112, 1), (8143, 126),
      (8144, 127),
      (8175, 127), (32751, 127), (32752, 127), (32767, 127),
    ] as [(Int16, Int8)])
  func relu(sum: Int16, code: Int8) {
    var out = [Int8](repeating: 0, count: 16)
    withCall([], [], [Int16](repeating: sum, count: 16)) { call in
      spade_kernel_set_at(0).pointee.table_sum_relu(&call, &out)
    }
    #expect(out == [Int8](repeating: code, count: 16))
  }

  private func withCall(
    _ table: [Int16], _ offsets: [Int32], _ bias: [Int16], _ body: (inout spade_table_sum) -> Void
  ) {
    table.withUnsafeBufferPointer { table in
      offsets.withUnsafeBufferPointer { offsets in
        bias.withUnsafeBufferPointer { bias in
          var call = spade_table_sum(
            table: table.baseAddress, offsets: offsets.baseAddress, count: offsets.count,
            bias: bias.baseAddress, channels: bias.count)
          body(&call)
        }
      }
    }
  }
}
