import Testing

@testable import SpadeImage

@Suite struct ResizeTests {
  // Pillow 13.0: Image.fromarray(arange(n, dtype=int32)[None]).resize((m, 1), Image.NEAREST).
  @Test(arguments: [
    (2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
    (10, [1, 3, 6, 8]),
    (5, [0, 2, 4]),
    (3, [0, 0, 0, 1, 1, 2, 2, 2]),
    (7, [0, 1, 2, 3, 4, 5, 6]),
    (1, [0, 0, 0, 0]),
    (640, [53, 160, 266, 373, 480, 586]),
  ])
  func positionsArePillows(_ inputCount: Int, _ sources: [Int]) {
    #expect(nearestSources(inputCount: inputCount, outputCount: sources.count) == sources)
  }

  // 32-bit FNV-1a over the positions as Pillow 13.0 gives them, n outer, m inner.
  @Test func everyPairOfLengthsUpTo200IsPillows() {
    var hash: UInt32 = 0x811C_9DC5
    for inputCount in 1...200 {
      for outputCount in 1...200 {
        for source in nearestSources(inputCount: inputCount, outputCount: outputCount) {
          hash = (hash ^ UInt32(source)) &* 16_777_619
        }
      }
    }
    #expect(hash == 0x1650_F2C7)
  }

  @Test func powersOfTwoFollowTheExactQuotient() {
    for outputCount in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024] {
      for inputCount in 1...1000 {
        let sources = nearestSources(inputCount: inputCount, outputCount: outputCount)
        let exact = (0..<outputCount).map { (2 * $0 + 1) * inputCount / (2 * outputCount) }
        #expect(sources == exact, "\(inputCount) to \(outputCount)")
      }
    }
  }

  @Test func bothAxesAreResized() throws {
    let image = try IndexImage(width: 5, height: 4, values: ids(20) { $0 })
    let resized = image.resized(width: 3, height: 6)
    #expect(resized.width == 3 && resized.height == 6)
    // Pillow 13.0 of the same array, as uint8.
    #expect(resized.values == [0, 2, 4, 5, 7, 9, 5, 7, 9, 10, 12, 14, 10, 12, 14, 15, 17, 19])
  }

  @Test func sameSizeIsUntouched() throws {
    let image = try IndexImage(width: 2, height: 2, values: [1, 2, 3, 4])
    #expect(image.resized(width: 2, height: 2) == image)
  }

  // NumPy float32, PyTorch's formula written out: horizontal first, then vertical, no fused multiply-add.
  @Test func bilinearInFloat32() throws {
    let picture = try Picture(width: 5, height: 4, bytes: bytes(60) { $0 * 37 + 11 })
    let bits: [UInt32] = [
      0xbe51_7c27, 0xbd13_3de0, 0x3e7a_fafc, 0x3e26_a6a9, 0x3f31_dc88, 0x3eb9_0e66, 0x3daf_5a09, 0x3e2e_aeaf,
      0x3f09_0909, 0x3e4e_ced0, 0xbe8a_34e6, 0x3f26_d17d, 0x3ec0_6b16, 0x3d2e_0362, 0x3d94_9494, 0x3efb_fbfd,
      0xbe6c_4193, 0xbea0_4afc,
    ]
    #expect(picture.resizedBilinear(width: 2, height: 3).map(\.bitPattern) == bits)
  }

  // torch 2.13 interpolate(mode="bilinear", align_corners=False) on one thread.
  @Test func bilinearAgreesWithTorch() throws {
    let photo = bytes(300 * 200 * 3) { $0 * 7919 + $0 / 3 }
    let planes = try Picture(width: 300, height: 200, bytes: photo).resizedBilinear(width: 256, height: 256)
    #expect(planes.count == 3 * 256 * 256)
    let golden: [(Int, Float)] = [
      (0, -0.861151933670044), (255, 0.24154415726661682), (65535, -0.07218136638402939),
      (65536, 0.8408088088035583), (100_000, 0.08664216846227646), (131_072, 0.707475483417511),
      (196_607, -0.3388480246067047),
    ]
    for (index, value) in golden { #expect(abs(planes[index] - value) < 2e-6, "at \(index)") }
  }

  @Test func bilinearByHand() throws {
    let picture = try Picture(width: 2, height: 1, bytes: [0, 255, 0, 255, 0, 0])
    #expect(
      picture.resizedBilinear(width: 4, height: 1) == [-1, -0.5, 0.5, 1, 1, 0.5, -0.5, -1, -1, -1, -1, -1])
    #expect(picture.resizedBilinear(width: 1, height: 2) == [0, 0, 0, 0, -1, -1])
  }

  // The values of bilinearInFloat32, (v + 1) · 127.5, to the nearest.
  @Test func bytesAreTheNearestSamples() throws {
    let picture = try Picture(width: 5, height: 4, bytes: bytes(60) { $0 * 37 + 11 })
    let planes = picture.resizedBilinear(width: 2, height: 3).map { Double($0) }
    let samples = picture.resizedToBytes(width: 2, height: 3)
    #expect(samples.count == planes.count)
    for (index, sample) in samples.enumerated() {
      #expect(abs(Double(sample) - (planes[index % 3 * 6 + index / 3] + 1) * 127.5) <= 0.5001)
    }
    #expect(picture.resizedToBytes(width: 5, height: 4) == picture.bytes)
    let every = try Picture(width: 256, height: 1, bytes: bytes(768) { $0 / 3 })
    #expect(every.resizedToBytes(width: 256, height: 1) == every.bytes)
  }

  @Test func bilinearStaysInsideMinusOneToOne() throws {
    for (inputCount, outputCount) in [(1, 7), (7, 1), (3, 256), (1000, 256), (16384, 3), (3, 1000)] {
      for tap in linearTaps(inputCount: inputCount, outputCount: outputCount) {
        #expect(tap.low >= 0 && tap.high < inputCount && tap.high - tap.low <= 1)
        #expect(tap.lowWeight >= 0 && tap.highWeight >= 0 && tap.lowWeight + tap.highWeight == 1)
      }
    }
  }
}
