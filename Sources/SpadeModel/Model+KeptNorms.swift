/// What a frame leaves for the next one of the same map.
extension Model {
  /// Whether the style goes along with the labels: then the next frame's A and B are others, even of the same map.
  public var hasStyleBias: Bool {
    for index in 0..<stepCount where step(index).kind == StepKind.styleBias.rawValue { return true }
    return false
  }

  /// Whether a buffer lives from the first step through the last, so that nothing else is ever where it is.
  public func outlivesFrames(_ index: BufferIndex) -> Bool {
    let buffer = buffer(index)
    return buffer.firstStep == 0 && Int(buffer.lastStep) == stepCount - 1
  }

  /// Whether a norm's A and B and the windows that they belong to outlive frames.
  public func keepsAffine(_ norm: WindowAffine) -> Bool {
    outlivesFrames(norm.affineBuffer) && outlivesFrames(BufferIndex(rawValue: level(norm.level).buffer))
  }
}
