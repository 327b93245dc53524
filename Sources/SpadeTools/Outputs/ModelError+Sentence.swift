import SpadeModel

extension ModelError {
  /// The rest of a sentence that begins with the file's name and a space, without its full stop.
  package var sentence: String {
    switch self {
    case .tooShort(let count, let required):
      "is only \(count) bytes long and a model file has at least \(required); copy it again"
    case .badMagic: "is not a spade model file; give one that spade quantize made"
    case .unsupportedVersion(let found, let supported):
      "is a model file of version \(found) and this spade reads version \(supported); "
        + "make it again with this spade's quantize"
    case .fileSize(let stored, let found):
      "should be \(stored) bytes long and is \(found); copy it again"
    case .headerChecksum: "is damaged in its header, whose checksum does not match; copy it again"
    case .sectionChecksum(let section, _, _):
      "is damaged in its section \(Self.name(section)), whose checksum does not match; copy it again"
    default: "is malformed (\(fault)); make it again with spade quantize"
    }
  }

  /// The rule that a file with right checksums breaks.
  private var fault: String {
    switch self {
    case .misalignedFile: "its bytes are not aligned"
    case .sectionSize(let section, let count): "section \(Self.name(section)) of \(count) bytes"
    case .sectionTooShort(let section, let count, let required):
      "section \(Self.name(section)) has \(count) of \(required) bytes"
    case .badConfiguration(let field, let value): "configuration field \(field) is \(value)"
    case .badBuffer(let index, let rule): "buffer \(index), rule \(rule.name)"
    case .badLevel(let index): "level \(index)"
    case .badTable(let index): "table \(index)"
    case .badProduct(let index): "product \(index)"
    case .badNorm(let index): "norm \(index)"
    case .badStep(let index, let rule): "step \(index), rule \(rule.name)"
    case .weightsOutOfRange(let section, let index):
      "weights of record \(index) in section \(Self.name(section))"
    case .badScale(let section, let index, let column):
      "scale \(column) of record \(index) in section \(Self.name(section))"
    case .badTest: "its test case"
    case .badMetadata: "its metadata"
    // Those of `sentence`.
    case .tooShort, .badMagic, .unsupportedVersion, .fileSize, .headerChecksum, .sectionChecksum:
      "its container"
    }
  }

  private static func name(_ section: Int) -> String { Section(rawValue: section)?.name ?? "\(section)" }
}

extension InputError {
  /// The rest of a sentence that begins with the model file's name and a space, without its full stop.
  package var sentence: String {
    switch self {
    case .threadsRefused: "needs threads that the system refuses to start; give a smaller --threads"
    case .threadCount(let count): "cannot run with \(count) threads; give --threads 1 to 64"
    case .styleNotFinite(let index):
      "cannot use a style whose value \(index) is not finite; give another style"
    case .unknownLabel(let id, let x, let y, let labelCount):
      "cannot paint id \(id) at x \(x), y \(y): it has ids 0 to \(labelCount - 1); give another label map"
    case .arenaTooSmall(let required, let given): "needs an arena of \(required) bytes and got \(given)"
    case .arenaMisaligned: "needs an arena aligned to \(ModelFormat.alignment) bytes"
    case .labelCount(let required, let given), .pictureSize(let required, let given),
      .styleCount(let required, let given), .photoSize(let required, let given):
      "needs \(required) values and got \(given)"
    case .encoderMissing:
      "has no style encoder; give --seed, --z or a saved style, or make it again with *_net_E.pth beside the "
        + "generator's file"
    case .edgesMissing: "needs instance borders; give --instances"
    case .edgesUnexpected: "does not read instance borders; leave --instances out"
    }
  }
}
