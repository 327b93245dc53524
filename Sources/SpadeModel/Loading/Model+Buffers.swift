extension Model {
  func checkBuffers() throws(ModelError) {
    var numbers = RecordNumbers()
    try numbers.withNumbers { users throws(ModelError) in
      countUsers(users)
      for index in 0..<bufferCount {
        do throws(BufferRule) {
          let codeUser = users[index] >> 31
          try checkBuffer(buffer(index), userCount: users[index] & ~Self.styleCodes + codeUser)
        } catch { throw .badBuffer(index: index, rule: error) }
      }
    }
    // A thousand buffers are half a million pairs: read where they lie.
    let buffers = section(.buffers).assumingMemoryBound(to: BufferRecord.self)
    for index in 0..<bufferCount {
      for other in 0..<index where buffers[index].meets(buffers[other]) {
        throw .badBuffer(index: index, rule: .overlap)
      }
    }
  }

  private func checkBuffer(_ b: BufferRecord, userCount: UInt32) throws(BufferRule) {
    guard let kind = BufferKind(rawValue: b.kind) else { throw .kind }
    guard Int(b.offset) % ModelFormat.alignment == 0 else { throw .alignment }
    guard Int(b.offset) + Int(b.byteCount) <= planByteCount else { throw .outsideArena }
    // Byte offsets inside a buffer are 32-bit in the kernels.
    guard b.byteCount <= UInt32(Int32.max) else { throw .byteCount }
    guard b.firstStep <= b.lastStep, b.lastStep < configuration.stepCount else { throw .lifetime }
    guard isName(b.name) else { throw .name }
    if kind == .raw {
      guard userCount <= 1 else { throw .shared }
    } else {
      try checkTensor(b, isWide: kind == .wide)
    }
  }

  private func checkTensor(_ b: BufferRecord, isWide: Bool) throws(BufferRule) {
    guard isChannelCount(b.channels) else { throw .channels }
    guard b.usedChannels <= b.channels else { throw .usedChannels }
    guard (1...4096).contains(b.width) else { throw .width }
    guard (1...4096).contains(b.height) else { throw .height }
    guard (1...b.height).contains(b.rowCapacity) else { throw .rowCapacity }
    let pixels = Int(b.rowCapacity) * Int(b.width)
    let required = isWide ? pixels * Int(b.channels) * 2 : (pixels + 1) * Int(b.channels)
    guard required <= Int(b.byteCount) else { throw .tensor }
    guard !isWide || (b.scale.isFinite && b.scale > 0) else { throw .scale }
  }

  /// Counts for each buffer who lays it out, if it is raw: the symbols, the state, a level, a norm's activations or affines,
  /// the style's codes, what a style adds to a table, or convolutions as their workspace. Two of them would write what the other trusts.
  private func countUsers(_ users: UnsafeMutablePointer<UInt32>) {
    let limit = configuration.bufferCount
    func add(_ user: UInt32) { if user < limit { users[Int(user)] += 1 } }
    // Nothing in a workspace outlives its step, so steps may share one: they count as one user.
    for index in 0..<stepCount where step(index).workspace < limit { users[Int(step(index).workspace)] = 1 }
    add(configuration.symbolBuffer)
    add(configuration.stateBuffer)
    for index in 0..<levelCount { add(level(index).buffer) }
    for index in 0..<normCount {
      add(norm(index).hiddenBuffer)
      add(norm(index).affineBuffer)
    }
    for index in 0..<stepCount where step(index).kind == StepKind.styleFirst.rawValue {
      add(step(index).input)
    }
    // The codes that many of these read are laid out alike: together they are one user.
    for index in 0..<stepCount where step(index).kind == StepKind.styleBias.rawValue {
      add(step(index).output)
      if step(index).input < limit { users[Int(step(index).input)] |= Self.styleCodes }
    }
  }

  /// In a number of users: `styleBias` steps read the buffer as the style's codes.
  private static var styleCodes: UInt32 { 1 << 31 }
}

extension BufferRecord {
  /// Whether both hold a byte at the same time.
  fileprivate func meets(_ other: BufferRecord) -> Bool {
    firstStep <= other.lastStep && other.firstStep <= lastStep
      && Int(offset) < Int(other.offset) + Int(other.byteCount)
      && Int(other.offset) < Int(offset) + Int(byteCount)
  }
}
