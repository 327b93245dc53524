import SpadeImage
import SpadeModel

extension ModelError {
  /// The rest of a sentence that begins with the file's name and a space, without its full stop.
  package var sentence: String {
    switch self {
    case .tooShort(0, _): "is empty; copy it again"
    case .tooShort(let count, let required):
      "is only \(count.grouped) bytes long and a model file has at least \(required.grouped); copy it again"
    case .badMagic(let found):
      Self.isPicture(beginning: found)
        ? "is a picture and no model file; the model comes first, then the map"
        : "is not a spade model file; give one that spade quantize made"
    case .unsupportedVersion(let found, let supported):
      "is a model file of version \(found) and this spade reads version \(supported); "
        + (found > supported ? "use a newer spade" : "make it again with this spade's quantize")
    case .fileSize(let stored, let found):
      "should be \(stored.grouped) bytes long and is \(found.grouped); copy it again"
    case .headerChecksum: "is damaged in its header, whose checksum does not match; copy it again"
    case .sectionChecksum(let section, _, _):
      "is damaged in its section \(section.name), whose checksum does not match; copy it again"
    default: "is malformed (\(fault)); make it again with spade quantize"
    }
  }

  /// - Parameter bytes: The first eight of a file, as this machine reads them.
  private static func isPicture(beginning bytes: UInt64) -> Bool {
    let head = withUnsafeBytes(of: bytes) { [UInt8]($0) }
    return Picture.isPNG(head) || Picture.isJPEG(head)
  }

  /// The rule that a file with right checksums breaks.
  private var fault: String {
    switch self {
    case .misalignedFile: "its bytes are not aligned"
    case .sectionSize(let section, let count): "section \(section.name) of \(count) bytes"
    case .sectionTooShort(let section, let count, let required):
      "section \(section.name) has \(count) of \(required) bytes"
    case .badConfiguration(let rule, let value): "\(rule.fault), \(value)"
    case .badBuffer(let index, let rule): "buffer \(index): \(rule.fault)"
    case .badLevel(let index, let rule): "level \(index): \(rule.fault)"
    case .badTable(let index, let rule): "table \(index): \(rule.fault)"
    case .badProduct(let index, let rule): "product \(index): \(rule.fault)"
    case .badNorm(let index, let rule): "norm \(index): \(rule.fault)"
    case .badColumn(let section, let index, let column, let rule):
      "column \(column) of record \(index) in section \(section.name): \(rule.fault)"
    case .sharedWeights: "its records share weights"
    case .badStep(let index, let rule): "step \(index): \(rule.fault)"
    case .pictureIncomplete(let count, let required):
      "its steps paint \(count) of the picture's \(required) rows"
    case .badTest(let rule): "test case: \(rule.fault)"
    case .badMetadata: "its metadata"
    // Those of `sentence`.
    case .tooShort, .badMagic, .unsupportedVersion, .fileSize, .headerChecksum, .sectionChecksum:
      "its container"
    }
  }
}
