/// One pass over the steps: each reads and writes inside its buffers, only what earlier steps made, and nothing that later
/// rows have replaced; tensors and the picture are written once, from the top; and the picture is complete. After this
/// the executor needs no checks, and nothing in the arena before a frame can show in it.
///
/// What the steps so far have done is a few numbers for each record, so that a step takes the same time whatever came
/// before it.
struct StepCheck {
  let model: Model
  /// Of each buffer with a tensor: the rows written. Of one with what a style adds to a table: its shape, as `styleBiasShape` has it.
  let writtenRows: UnsafeMutablePointer<UInt32>
  /// Of each level: the steps up to the one that numbered its windows last; 0 where none did.
  let windowSteps: UnsafeMutablePointer<UInt32>
  /// Of each norm: the steps up to the last `hidden` and `affine`; 0 where there was none.
  let hiddenSteps: UnsafeMutablePointer<UInt32>
  let affineSteps: UnsafeMutablePointer<UInt32>
  /// Of each norm: the steps up to the last `statistics`; 0 where there was none.
  let statisticsSteps: UnsafeMutablePointer<UInt32>
  /// Rows of the picture.
  var pictureRowCount = 0
  /// The step in question.
  var index = 0

  mutating func run() throws(ModelError) {
    while index < model.stepCount {
      do throws(StepRule) {
        try check(model.step(index))
      } catch { throw .badStep(index: index, rule: error) }
      index += 1
    }
    guard pictureRowCount == model.height else {
      throw .pictureIncomplete(rowCount: pictureRowCount, required: model.height)
    }
  }

  private mutating func check(_ record: StepRecord) throws(StepRule) {
    guard let operation = record.operation else { throw .kind }
    guard record.rowStart < record.rowEnd else { throw .noRows }
    let step = Step(
      operation: operation, rows: Int(record.rowStart)..<Int(record.rowEnd),
      name: NameIndex(rawValue: record.name), block: NameIndex(rawValue: record.block))
    guard haveSameBytes(StepRecord(step), record) else { throw .strayField }
    guard model.isName(record.name), model.isName(record.block) else { throw .name }
    guard record.inputShift <= 1, record.residualShift <= 1 else { throw .shift }

    switch operation {
    case .windows(let level): try checkWindows(level, step.rows)
    case .hidden(let norm, let bias): try checkHidden(norm, bias, step.rows)
    case .affine(let norm): try checkAffine(norm, step.rows)
    case .modulate(let modulation): try check(modulation, step.rows)
    case .convolve(let convolution): try check(convolution, step.rows)
    case .normalize(let normalization): try check(normalization, step.rows)
    case .labelFirst(let table, let bias, let output): try checkLabelFirst(table, bias, output, step.rows)
    case .styleFirst(let product, let codes, let output):
      try checkStyleFirst(product, codes, output, step.rows)
    case .picture(let product, let input): try checkPicture(product, input, step.rows)
    case .statistics(let norm): try checkStatistics(norm, step.rows)
    case .styleBias(let product, let codes, let bias): try checkStyleBias(product, codes, bias, step.rows)
    }
  }
}

extension Model {
  func checkSteps() throws(ModelError) {
    var numbers = (RecordNumbers(), RecordNumbers(), RecordNumbers(), RecordNumbers(), RecordNumbers())
    try withUnsafeMutableBytes(of: &numbers) { bytes throws(ModelError) in
      let first = bytes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt32.self)
      let count = Int(ModelFormat.recordLimit)
      var check = StepCheck(
        model: self, writtenRows: first, windowSteps: first + count, hiddenSteps: first + 2 * count,
        affineSteps: first + 3 * count, statisticsSteps: first + 4 * count)
      try check.run()
    }
  }
}
