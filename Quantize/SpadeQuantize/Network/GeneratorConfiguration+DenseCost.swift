extension GeneratorConfiguration {
  /// Multiply-adds of the network as PyTorch runs it: dense convolutions of the one-hot map.
  public var denseProductCount: Int {
    let hidden = hiddenChannelCount
    let taps = kernelSize * kernelSize
    let firstArea = firstGridWidth * firstGridHeight
    var count = 16 * channelUnit * firstArea * (styleCount ?? inputChannelCount * 9)
    for block in blocks {
      let area = block.width * block.height
      let input = block.inputChannelCount
      let middle = block.middleChannelCount
      let output = block.outputChannelCount
      var normalized = input + middle
      var norms = 2
      var convolutions = 9 * middle * (input + output)
      if block.hasLearnedShortcut {
        normalized += input
        norms += 1
        convolutions += input * output
      }
      count +=
        area * (norms * inputChannelCount * hidden * taps + 2 * normalized * hidden * taps + convolutions)
    }
    return count + width * height * lastChannelCount * 9 * 3
  }
}
