import SpadeTools

/// The memory plan as text: steps from left to right, arena addresses from top to bottom.
struct MemoryDrawing {
  let lines: [String]

  /// - Parameters:
  ///   - buffers: Of one model.
  ///   - columnCount: At most; fewer where there are fewer steps.
  init(_ buffers: [BufferReport], byteCount: Int, stepCount: Int, columnCount: Int = 72, rowCount: Int = 24) {
    let columnCount = min(columnCount, stepCount)
    let rowByteCount = max((byteCount + rowCount - 1) / rowCount, 1)
    var lines: [String] = []
    for row in 0..<rowCount {
      let start = row * rowByteCount
      var line = start.grouped.right(13) + " "
      for column in 0..<columnCount {
        let step = column * stepCount / columnCount
        line.append(Self.letter(buffers, step, start..<start + rowByteCount))
      }
      lines.append(line)
    }
    lines.append(byteCount.grouped.right(13) + " " + String(repeating: "-", count: columnCount))
    lines.append(String(repeating: " ", count: 14) + "step 0" + "\(stepCount - 1)".right(columnCount - 6))
    self.lines = lines
  }

  /// The use of the buffer with the largest part of `addresses` during `step`, or a dot where most is free.
  private static func letter(_ buffers: [BufferReport], _ step: Int, _ addresses: Range<Int>) -> Character {
    var free = addresses.count
    var largest = 0
    var letter: Character = "."
    for buffer in buffers where (buffer.firstStep...buffer.lastStep).contains(step) {
      let part = addresses.clamped(to: buffer.offset..<buffer.offset + buffer.byteCount).count
      free -= part
      if part > largest { (largest, letter) = (part, buffer.use.letter) }
    }
    return largest > 0 && largest >= free ? letter : "."
  }

  static var legend: String {
    BufferReport.Use.allCases.map { "\($0.letter) \($0.rawValue)" }.joined(separator: ", ") + ", . free"
  }
}
