import SpadeModel

extension StepRule {
  /// What the step does wrong, after "step 3: ".
  var fault: String {
    switch self {
    case .kind: "an unknown kind"
    case .strayField: "a field that its kind does not use"
    case .name: "no name"
    case .shift: "shift"
    case .noRows: "no rows"
    case .operand: "no such operand"
    case .buffer: "no such buffer"
    case .bufferKind: "a buffer of another kind"
    case .lifetime: "a buffer outside its lifetime"
    case .channels: "channels that do not fit"
    case .size: "sizes that do not fit"
    case .operandShape: "an operand of another shape"
    case .scale: "scale"
    case .partialTensor: "a tensor that is not kept whole"
    case .codeBuffer: "too small a buffer for style codes"
    case .rowsOutside: "rows outside"
    case .rowOrder: "rows that do not follow those before"
    case .rowCapacity: "more rows than are kept"
    case .notWritten: "rows that are not written yet"
    case .replaced: "rows that were replaced"
    case .innerWindows: "more inner windows than fit"
    case .outerWindows: "more outer windows than fit"
    case .windowsMissing: "windows that are not numbered"
    case .activationsMissing: "activations that are not made"
    case .affinesMissing: "affines that are not made"
    case .biasMissing: "nothing of the style, or another table's"
    case .windowRows: "rows whose windows are not numbered"
    case .statisticsMissing: "features without statistics"
    case .tiles: "a workspace for what cannot run in tiles"
    case .workspace: "a workspace without room for a tile"
    }
  }
}
