import SpadeInput
import SpadeModel
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// A 1×1 convolution that multiplies repeated pixels once against the same convolution of every pixel.
@Suite struct RepeatedPixelTests {
  private static let depth = 32
  private static let panelCount = 5

  /// Widths of one area, of several and a rest, odd ones; rows from an even and an odd one, in a ring of fewer rows.
  @Test(arguments: [(16, 0..<8), (70, 0..<3), (131, 3..<8), (1, 1..<2)], [false, true])
  func resultsAreThoseOfEveryPixel(_ shape: (width: Int, rows: Range<Int>), isFine: Bool) throws {
    let (width, rows) = shape
    let pixelByteCount = Self.depth * (isFine ? 2 : 1)
    var random = SplitMix64(seed: UInt64(width))
    let weights = GuardedMemory(
      byteCount: ModelFormat.panelByteCount(tapCount: 1, depth: Self.depth) * Self.panelCount)
    for index in weights.bytes.indices { weights.bytes[index] = UInt8.random(in: 0...255, using: &random) }
    // Three pixels, so that many repeat; the first pixel of the plane is the one outside.
    let kinds = (0..<3).map { _ in (0..<pixelByteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    let codes = GuardedMemory(byteCount: (1 + width * 8) * pixelByteCount)
    for pixel in 0...width * 8 {
      for (index, byte) in kinds[Int.random(in: 0..<3, using: &random)].enumerated() {
        codes.bytes[pixel * pixelByteCount + index] = byte
      }
    }
    let scales = [Float](repeating: 1e-3, count: Self.panelCount * ModelFormat.panelColumns)
    for kernels in supportedKernels {
      var pictures: [[Int16]] = []
      for mayRepeat in [true, false] {
        let wide = GuardedMemory(byteCount: width * 8 * Self.panelCount * ModelFormat.panelColumns * 2)
        wide.bytes.initializeMemory(as: UInt8.self, repeating: 0)
        let layout = ScratchLayout(
          tapCount: 1, tapRowCapacity: 0, usesTiles: false, pictureChannelCount: Self.depth)
        let area = GuardedMemory(byteCount: layout.byteCount)
        area.bytes.initializeMemory(as: UInt8.self, repeating: 0)
        let scratch = Scratch(try #require(area.bytes.baseAddress))
        let input = Plane(
          width: width, channels: pixelByteCount, memory: try #require(codes.bytes.baseAddress))
        let output = Plane(
          width: width, channels: Self.panelCount * ModelFormat.panelColumns,
          memory: try #require(wide.bytes.baseAddress))
        let panels = WeightPanels(
          base: UnsafeRawPointer(try #require(weights.bytes.baseAddress)), tapCount: 1, depth: Self.depth,
          count: Self.panelCount, kernels: kernels)
        scales.withUnsafeBufferPointer { scales in
          guard let base = scales.baseAddress else { return }
          let wideOutput = WideOutput(codes: output.wide, scales: base, kernels: kernels)
          if mayRepeat {
            let job = RepeatedPixelJob(
              panels: panels, input: input, output: wideOutput, wide: output, rows: rows, isFine: isFine)
            for task in 0..<job.taskCount { job.run(task: task, scratch: scratch) }
          } else {
            let pixels = PixelRows(kernelSize: 1, rowStart: rows.lowerBound, input: input, output: output)
            let job = WideProductJob(
              panels: panels, input: UnsafePointer(input.codes), output: wideOutput, rows: .pixels(pixels),
              rowCount: rows.count * width, isFine: isFine)
            for task in 0..<job.taskCount { job.run(task: task, scratch: scratch) }
          }
        }
        pictures.append(wide.bytes.withMemoryRebound(to: Int16.self) { Array($0) })
      }
      #expect(pictures[0] == pictures[1], "set \(kernels.index)")
      #expect(pictures[0].contains { $0 != 0 })
    }
  }
}

extension Plane {
  /// Eight rows.
  fileprivate init(width: Int, channels: Int, memory: UnsafeMutableRawPointer) {
    var record = BufferRecord()
    record.width = UInt32(width)
    record.height = 8
    record.rowCapacity = 8
    record.channels = UInt32(channels)
    self.init(record, arena: memory)
  }
}
