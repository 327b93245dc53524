import SpadeInput
import SpadeModel
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// The picture convolution's panel in its other order against the convolution written out.
@Suite struct PicturePanelTests {
  private static let depth = 32
  private static let width = 9

  /// Numbers −127 … 127.
  private static func noise(_ count: Int, _ random: inout SplitMix64) -> [Int] {
    (0..<count).map { _ in Int.random(in: -127...127, using: &random) }
  }

  @Test(arguments: [1, 3, 5]) func colorsAreThoseOfTheKernel(_ kernelSize: Int) {
    var random = SplitMix64(seed: UInt64(kernelSize))
    let (depth, width) = (Self.depth, Self.width)
    let tapCount = kernelSize * kernelSize
    let inputWidth = width + kernelSize - 1
    // [tap][depth][color], and [row][column][depth].
    let weights = Self.noise(tapCount * depth * 3, &random)
    let codes = Self.noise(kernelSize * inputWidth * depth, &random)
    let bias = [7, -900, 123_456]

    let source = GuardedMemory(byteCount: ModelFormat.panelByteCount(tapCount: tapCount, depth: depth))
    let sourceBytes = source.bytes.bindMemory(to: Int8.self)
    sourceBytes.update(repeating: 0)
    source.bytes.withMemoryRebound(to: Int32.self) { biases in
      for color in 0..<3 { biases[color] = Int32(bias[color]) }
    }
    for tap in 0..<tapCount {
      for d in 0..<depth {
        for color in 0..<3 {
          let place = ((tap * depth + d) / 4 * 16 + color) * 4 + d % 4
          sourceBytes[ModelFormat.panelHeaderByteCount + place] = Int8(weights[(tap * depth + d) * 3 + color])
        }
      }
    }

    for kernels in supportedKernels {
      let input = GuardedMemory(byteCount: codes.count)
      for (index, code) in codes.enumerated() {
        input.bytes[index] = UInt8(bitPattern: Int8(code)) ^ kernels.codeFlip
      }
      let memory = GuardedMemory(byteCount: ModelFormat.panelByteCount(tapCount: kernelSize, depth: depth))
      let area = GuardedMemory(
        byteCount: ScratchLayout(tapCount: 9, tapRowCapacity: 0, usesTiles: false, pictureChannelCount: depth)
          .byteCount)
      guard let sourceBase = source.bytes.baseAddress, let base = memory.bytes.baseAddress,
        let inputBase = input.bytes.baseAddress, let areaBase = area.bytes.baseAddress
      else { return }
      let panel = PicturePanel(
        WeightPanels(
          base: UnsafeRawPointer(sourceBase), tapCount: tapCount, depth: depth, count: 1, kernels: kernels),
        kernelSize: kernelSize, memory: base)
      let scratch = Scratch(areaBase)
      for row in 0..<kernelSize {
        for column in 0..<inputWidth {
          scratch.offsets[row * Scratch.rowCount + column] = Int32((row * inputWidth + column) * depth)
        }
      }
      panel.panels.multiply(
        base: UnsafeRawPointer(inputBase).assumingMemoryBound(to: Int8.self), rowCount: inputWidth,
        panels: 0..<1, scratch: scratch)
      panel.addColumns(scratch.accumulators, count: width)

      for pixel in 0..<width {
        for color in 0..<3 {
          var sum = bias[color]
          for tap in 0..<tapCount {
            let at = (tap / kernelSize * inputWidth + pixel + tap % kernelSize) * depth
            for d in 0..<depth { sum += codes[at + d] * weights[(tap * depth + d) * 3 + color] }
          }
          #expect(
            Int(scratch.accumulators[pixel * 16 + color]) == sum,
            "pixel \(pixel), color \(color), set \(kernels.index)")
        }
      }
      #expect(memory.isIntact && area.isIntact && input.isIntact && source.isIntact)
    }
  }
}
