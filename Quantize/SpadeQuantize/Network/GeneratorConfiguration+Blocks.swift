extension GeneratorConfiguration {
  /// The blocks in execution order.
  public var blocks: [BlockShape] {
    var width = firstGridWidth
    var height = firstGridHeight
    var shapes: [BlockShape] = []
    for row in blockRows {
      if row.doubles {
        width *= 2
        height *= 2
      }
      shapes.append(
        BlockShape(
          name: row.name, inputChannelCount: row.input, middleChannelCount: row.middle,
          outputChannelCount: row.output, hiddenChannelCount: row.hidden, doubles: row.doubles, width: width,
          height: height, hasLearnedShortcut: row.isShortcutLearned))
    }
    return shapes
  }

  /// Channels of the first tensor.
  public var firstChannelCount: Int { 16 * channelUnit }
  /// Channels of the picture convolution's input.
  public var lastChannelCount: Int { blockRows.last?.output ?? channelUnit }

  private var blockRows: [BlockRow] {
    switch layout {
    case .official: officialRows
    case .compressed(let counts): Self.compressedRows(counts, upsampling)
    case .oasis: oasisRows
    }
  }

  /// Source: the reference implementation of Park et al., CVPR 2019.
  private var officialRows: [BlockRow] {
    let unit = channelUnit
    let hidden = hiddenChannelCount
    var rows = [
      BlockRow("head_0", 16 * unit, 16 * unit, hidden, doubles: false),
      BlockRow("G_middle_0", 16 * unit, 16 * unit, hidden, doubles: true),
      BlockRow("G_middle_1", 16 * unit, 16 * unit, hidden, doubles: upsampling != .normal),
      BlockRow("up_0", 16 * unit, 8 * unit, hidden, doubles: true),
      BlockRow("up_1", 8 * unit, 4 * unit, hidden, doubles: true),
      BlockRow("up_2", 4 * unit, 2 * unit, hidden, doubles: true),
      BlockRow("up_3", 2 * unit, unit, hidden, doubles: true),
    ]
    if upsampling == .most { rows.append(BlockRow("up_4", unit, unit / 2, hidden, doubles: true)) }
    return rows
  }

  /// Source: the sub-network generator of Li et al., CVPR 2020.
  private static func compressedRows(_ counts: ChannelCounts, _ upsampling: Upsampling) -> [BlockRow] {
    let first = 16 * counts[0]
    var rows: [BlockRow] = []
    for (index, name) in ["head_0", "G_middle_0", "G_middle_1"].enumerated() {
      let doubles = index == 1 || (index == 2 && upsampling != .normal)
      let count = counts[index + 1]
      rows.append(
        BlockRow(
          name, first, first, 2 * count, doubles: doubles, middle: 16 * count, isShortcutLearned: false)
      )
    }
    var input = first
    for index in 0..<4 {
      let count = counts[index + 4]
      let output = (8 >> index) * count
      rows.append(
        BlockRow(
          "up_\(index)", input, output, 2 * count, doubles: true, middle: output, isShortcutLearned: true))
      input = output
    }
    return rows
  }

  /// Source: the generator of Sushko et al., "You Only Need Adversarial Supervision for Semantic Image Synthesis", ICLR 2021.
  private var oasisRows: [BlockRow] {
    let multiples = [16, 16, 16, 8, 4, 2, 1]
    return (0..<Self.oasisBlockCount).map { index in
      BlockRow(
        "body.\(index)", multiples[index] * channelUnit, multiples[index + 1] * channelUnit,
        hiddenChannelCount, doubles: index > 0)
    }
  }

  static let oasisBlockCount = 6
}

/// A block before its size is known.
private struct BlockRow {
  let name: String
  let input: Int
  let middle: Int
  let output: Int
  let hidden: Int
  let doubles: Bool
  let isShortcutLearned: Bool

  /// - Parameters:
  ///   - middle: The lesser of `input` and `output` if `nil`.
  ///   - isShortcutLearned: Where `input` and `output` differ if `nil`.
  init(
    _ name: String, _ input: Int, _ output: Int, _ hidden: Int, doubles: Bool, middle: Int? = nil,
    isShortcutLearned: Bool? = nil
  ) {
    self.name = name
    self.input = input
    self.middle = middle ?? min(input, output)
    self.output = output
    self.hidden = hidden
    self.doubles = doubles
    self.isShortcutLearned = isShortcutLearned ?? (input != output)
  }
}
