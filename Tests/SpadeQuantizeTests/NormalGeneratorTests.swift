import SpadeInput
import Testing

@testable import SpadeQuantize

@Suite struct NormalGeneratorTests {
  /// Made by a Python program written from the algorithm in the doc comment.
  @Test(
    "The first numbers of a seed are fixed",
    arguments: [
      (
        0,
        [
          -0x1.95fbb374f2c4ep-2, 0x1.3ea7e9cc92144p-2, 0x1.980d862ca5d7ep-1, -0x1.159a9f827a7a8p-3,
          0x1.08dd72ce6693ep-2, 0x1.251ade5ae8a68p-1,
        ]
      ),
      (
        1,
        [
          -0x1.be6db6b9bd314p-2, -0x1.990cd70b12c5dp+0, -0x1.a58c3dd64f442p-1, -0x1.dc3320bb97ca6p+0,
          0x1.79e6b6db6be77p-1, -0x1.31a1fe87c2e70p-1,
        ]
      ),
      (
        1 << 63,
        [
          0x1.86d14c9821c44p-2, -0x1.352406e09423cp-3, -0x1.7911aeab5bd10p-1, -0x1.3cb172eeddd60p-5,
          0x1.c8d16c620086ep+0, 0x1.d624adcd97d89p-1,
        ]
      ),
    ] as [(UInt64, [Double])])
  func vectors(seed: UInt64, expected: [Double]) {
    var generator = NormalGenerator(seed: seed)
    #expect(expected.map { _ in generator.next() } == expected)
    #expect(NormalGenerator.style(seed: seed, count: expected.count) == expected.map { Float($0) })
  }

  @Test("The uniform words are those of the published SplitMix64")
  func splitMix() {
    var zero = SplitMix64(seed: 0)
    #expect(zero.next() == 0xE220_A839_7B1D_CDAF)
    var other = SplitMix64(seed: 1_234_567)
    #expect(other.next() == 6_457_827_717_110_365_317)
  }

  @Test("A million numbers have the moments and tails of a standard normal")
  func moments() {
    var generator = NormalGenerator(seed: 2024)
    let count = 1_000_000
    var (sum, squares, cubes, fourths) = (0.0, 0.0, 0.0, 0.0)
    var (beyondOne, beyondTwo, beyondThree) = (0, 0, 0)
    for _ in 0..<count {
      let value = generator.next()
      let square = value * value
      sum += value
      squares += square
      cubes += square * value
      fourths += square * square
      if square > 1 { beyondOne += 1 }
      if square > 4 { beyondTwo += 1 }
      if square > 9 { beyondThree += 1 }
    }
    // Five standard errors each: √(1, 2, 15, 96 / 10⁶) for the moments, √(p(1 - p) / 10⁶) for the tails.
    let total = Double(count)
    #expect(abs(sum / total) < 0.005)
    #expect(abs(squares / total - 1) < 0.0071)
    #expect(abs(cubes / total) < 0.0194)
    #expect(abs(fourths / total - 3) < 0.049)
    #expect(abs(Double(beyondOne) / total - 0.317311) < 0.0024)
    #expect(abs(Double(beyondTwo) / total - 0.045500) < 0.0011)
    #expect(abs(Double(beyondThree) / total - 0.002700) < 0.00026)
  }
}
