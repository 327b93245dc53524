import Testing

@testable import SpadeQuantize

@Suite struct TensorTests {
  @Test("Bytes are clipped, truncated and interleaved")
  func bytes() {
    let tensor = Tensor(
      channelCount: 3, height: 1, width: 3, values: [-1, 0, 1, -2, 0.999, 2, .nan, -0.999, 0.5])
    #expect(tensor.rgb8() == [0, 0, 0, 127, 254, 0, 255, 255, 191])
  }

  @Test("Doubling repeats every value in a 2×2 cell")
  func doubled() {
    let tensor = Tensor(channelCount: 2, height: 1, width: 2, values: [1, 2, 3, 4])
    #expect(
      tensor.doubled()
        == Tensor(
          channelCount: 2, height: 2, width: 4, values: [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]))
  }
}
