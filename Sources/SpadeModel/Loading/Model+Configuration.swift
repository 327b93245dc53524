extension Model {
  func checkConfiguration() throws(ModelError) {
    let c = configuration
    func require(
      _ condition: Bool, _ rule: ConfigurationRule, _ value: UInt32
    ) throws(ModelError) {
      if !condition { throw .badConfiguration(rule: rule, value: value) }
    }
    try require((1...4096).contains(c.width), .width, c.width)
    try require((1...4096).contains(c.height), .height, c.height)
    try require((1...16384).contains(c.labelCount), .labelCount, c.labelCount)
    try require(
      c.unknownLabel == ModelFormat.none || c.unknownLabel < c.labelCount, .unknownLabel, c.unknownLabel)
    try require(c.hasEdges <= 1, .edges, c.hasEdges)
    try require(c.styleCount <= 4096, .styleCount, c.styleCount)
    try require(isKernelSize(c.kernelSize), .kernelSize, c.kernelSize)
    // Class-adaptive layers hide nothing.
    let hasHiddenChannels = c.hiddenChannelCount > 0
    try require(
      !hasHiddenChannels || isChannelCount(c.hiddenChannelCount), .hiddenChannelCount, c.hiddenChannelCount)
    try require((1...4096).contains(c.channelUnit), .channelUnit, c.channelUnit)
    try require(c.pictureChannelCount <= 65536, .pictureChannelCount, c.pictureChannelCount)
    try require((5...7).contains(c.doublingCount), .doublingCount, c.doublingCount)
    try require(c.normalization <= 1, .normalization, c.normalization)
    let limit = ModelFormat.recordLimit
    try require(c.nameCount >= 1 && c.nameCount <= limit, .nameCount, c.nameCount)
    try require(c.bufferCount <= limit, .bufferCount, c.bufferCount)
    try require(c.levelCount <= limit, .levelCount, c.levelCount)
    try require(c.tableCount <= limit, .tableCount, c.tableCount)
    try require(c.productCount <= limit, .productCount, c.productCount)
    try require(c.normCount <= limit, .normCount, c.normCount)
    try require(c.stepCount <= ModelFormat.stepLimit, .stepCount, c.stepCount)
    try require(c.encoderChannelUnit <= 1024, .encoderChannelUnit, c.encoderChannelUnit)
    try require(
      c.encoderChannelUnit == 0 || c.styleCount > 0, .encoderWithoutStyle, c.encoderChannelUnit)
    try require(c.tapRowCapacity <= UInt32(ModelFormat.windowLimit), .tapRowCapacity, c.tapRowCapacity)
    try require(c.usesWinograd <= 1, .tiles, c.usesWinograd)
    try checkCount(.buffers, MemoryLayout<BufferRecord>.stride, c.bufferCount)
    let stateByteCount = StateLayout.byteCount(levelCount: Int(c.levelCount), normCount: Int(c.normCount))
    try require(isRaw(c.symbolBuffer, byteCount: width * height * 2), .symbolBuffer, c.symbolBuffer)
    try require(isRaw(c.stateBuffer, byteCount: stateByteCount), .stateBuffer, c.stateBuffer)
    try require(livesForever(c.symbolBuffer), .symbolLifetime, c.symbolBuffer)
    try require(livesForever(c.stateBuffer), .stateLifetime, c.stateBuffer)
  }

  private func livesForever(_ index: UInt32) -> Bool {
    let b = buffer(Int(index))
    return b.firstStep == 0 && Int(b.lastStep) == stepCount - 1
  }
}
