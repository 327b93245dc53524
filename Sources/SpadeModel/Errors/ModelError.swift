/// Why a model file was refused: a case for the file's parts, and in it a rule. The numbers say what was found and wanted.
public enum ModelError: Error, Equatable, Sendable {
  case tooShort(byteCount: Int, required: Int)
  case badMagic(found: UInt64)
  case unsupportedVersion(found: UInt32, supported: UInt32)
  case headerChecksum(stored: UInt64, computed: UInt64)
  case fileSize(stored: UInt64, found: UInt64)
  case misalignedFile
  case sectionSize(section: Section, byteCount: UInt64)
  case sectionChecksum(section: Section, stored: UInt64, computed: UInt64)
  case sectionTooShort(section: Section, byteCount: Int, required: Int)
  case badConfiguration(rule: ConfigurationRule, value: UInt32)
  case badBuffer(index: Int, rule: BufferRule)
  case badLevel(index: Int, rule: LevelRule)
  case badTable(index: Int, rule: TableRule)
  case badProduct(index: Int, rule: ProductRule)
  case badNorm(index: Int, rule: NormRule)
  /// A value of a column of a product, of a channel of a norm, or of a column of the encoder's product `index`; past its
  /// last product, of the style's bias.
  case badColumn(section: Section, index: Int, column: Int, rule: ColumnRule)
  /// Records point to more bytes than the weights have: some share theirs.
  case sharedWeights
  case badStep(index: Int, rule: StepRule)
  /// The steps end before the picture does.
  case pictureIncomplete(rowCount: Int, required: Int)
  case badTest(rule: TestRule)
  case badMetadata
}
