import SpadeModel

/// Where the plan's buffers lie.
extension Runtime {
  func plane(_ buffer: BufferIndex) -> Plane { Plane(model.buffer(buffer), arena: arena) }

  /// A raw buffer.
  func buffer<Element>(_ index: BufferIndex) -> UnsafeMutablePointer<Element> {
    (arena + Int(model.buffer(index).offset)).assumingMemoryBound(to: Element.self)
  }

  /// `[height][width]`: label · 2 + edge.
  var symbols: UnsafeMutablePointer<UInt16> {
    buffer(BufferIndex(rawValue: model.configuration.symbolBuffer))
  }

  func level(_ index: LevelIndex) -> LevelState {
    let record = model.level(index)
    return LevelState(
      record, buffer: buffer(BufferIndex(rawValue: record.buffer)),
      state: state(StateLayout.level(Int(index))))
  }

  func normState(_ index: NormIndex) -> NormState {
    NormState(state(StateLayout.norm(Int(index), levelCount: model.levelCount)))
  }

  /// Forgets all windows and what was made of them.
  func resetState() {
    let count = StateLayout.byteCount(levelCount: model.levelCount, normCount: model.normCount)
    UnsafeMutableRawPointer(state(0)).initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  private func state(_ offset: Int) -> UnsafeMutablePointer<UInt32> {
    let base: UnsafeMutablePointer<UInt8> = buffer(BufferIndex(rawValue: model.configuration.stateBuffer))
    return UnsafeMutableRawPointer(base + offset).assumingMemoryBound(to: UInt32.self)
  }
}
