/// A way in which a step breaks the format.
public enum StepRule: Int, Error, Sendable {
  /// An unknown kind.
  case kind
  /// A field that the kind does not use says something.
  case strayField
  /// A layer or a block without a name.
  case name
  /// A shift that is neither 0 nor 1.
  case shift
  /// The last row is not behind the first.
  case noRows

  // What it works with.

  /// No such level, norm, table or product.
  case operand
  /// No such buffer.
  case buffer
  case bufferKind
  /// A buffer used before its first or after its last step.
  case lifetime
  /// Channels of a buffer that are not those of the operand or of the other buffer.
  case channels
  /// Width or height that are not those of the other buffer, the level or the picture.
  case size
  /// A table, product or norm that this kind of step cannot use.
  case operandShape
  case scale
  /// A tensor that has to be whole keeps fewer rows than it has.
  case partialTensor
  /// Style codes, or what a style adds, in a buffer that is too small.
  case codeBuffer

  // Rows.

  /// Rows beyond the tensor or the level.
  case rowsOutside
  /// Rows that do not follow those written before, or for a whole tensor not all.
  case rowOrder
  /// More rows at a time than the tensor keeps.
  case rowCapacity
  /// Rows read that no step before wrote.
  case notWritten
  /// Rows read that later rows have replaced.
  case replaced

  // Windows.

  /// More windows than the level can number, were all distinct.
  case innerWindows, outerWindows
  /// Nothing was made of the level's windows since they were numbered last, or they never were.
  case windowsMissing, activationsMissing, affinesMissing
  /// Nothing was made of the style for the table, or it is another table's.
  case biasMissing
  /// Rows that the windows numbered last do not cover.
  case windowRows
  /// A norm's features have no statistics yet.
  case statisticsMissing

  // Tiles.

  /// A workspace where the configuration has no tiles, or a product that cannot run in them.
  case tiles
  /// A workspace without room for one tile.
  case workspace
}
