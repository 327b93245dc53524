import SpadeModel

/// Windows, A and B that a frame finds again because the one before had the same map. A level is kept where all its windows are
/// numbered at once, and a norm's A and B where its level is.
extension Runtime {
  /// Has the next frame start from nothing, whatever its map: for measurements, and where something else was in the arena.
  public mutating func forgetMap() { holdsFrame = false }

  /// Forgets windows, and what was made of them, but for what is kept.
  func forgetReplacedWindows() {
    for index in 0..<model.levelCount {
      let level = level(LevelIndex(index))
      let isKept =
        model.outlivesFrames(BufferIndex(rawValue: level.record.buffer)) && level.rows.lowerBound == 0
      if !isKept { level.forget() }
    }
    for index in 0..<model.normCount {
      guard let norm = model.norm(NormIndex(index)).windowAffine else { continue }
      let state = normState(NormIndex(index))
      // Hidden activations are needed no more where A and B are made, and may have been replaced where they are not.
      let isKept = model.keepsAffine(norm) && state.affineGeneration == level(norm.level).generation
      if !isKept { state.forget() }
    }
  }
}
