extension Model {
  /// The first row of a level whose windows a step or one after it asks for: rows above are needed no more.
  public func firstRequestedRow(of level: LevelIndex, from step: StepIndex) -> Int {
    var first = Int.max
    for index in Int(step)..<stepCount {
      let record: StepRecord = self.step(index)
      guard record.kind == StepKind.windows.rawValue, record.operand == level.rawValue else { continue }
      first = min(first, Int(record.rowStart))
    }
    return first
  }
}
