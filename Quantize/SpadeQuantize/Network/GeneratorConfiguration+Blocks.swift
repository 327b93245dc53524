extension GeneratorConfiguration {
  /// The blocks in execution order.
  public var blocks: [BlockShape] {
    let unit = channelUnit
    var rows: [(String, Int, Int, Bool)] = [
      ("head_0", 16 * unit, 16 * unit, false),
      ("G_middle_0", 16 * unit, 16 * unit, true),
      ("G_middle_1", 16 * unit, 16 * unit, upsampling != .normal),
      ("up_0", 16 * unit, 8 * unit, true),
      ("up_1", 8 * unit, 4 * unit, true),
      ("up_2", 4 * unit, 2 * unit, true),
      ("up_3", 2 * unit, unit, true),
    ]
    if upsampling == .most { rows.append(("up_4", unit, unit / 2, true)) }

    var width = firstGridWidth
    var height = firstGridHeight
    var shapes: [BlockShape] = []
    for (name, input, output, doubles) in rows {
      if doubles {
        width *= 2
        height *= 2
      }
      shapes.append(
        BlockShape(
          name: name, inputChannelCount: input, outputChannelCount: output, doubles: doubles, width: width,
          height: height))
    }
    return shapes
  }

  /// Channels of the picture convolution's input.
  public var lastChannelCount: Int { upsampling == .most ? channelUnit / 2 : channelUnit }
}
