import CSpade
import SpadeModel

extension spade_status {
  init(_ error: ModelError) {
    switch error {
    case .tooShort: self = SPADE_TOO_SHORT
    case .badMagic: self = SPADE_BAD_MAGIC
    case .unsupportedVersion: self = SPADE_UNSUPPORTED_VERSION
    case .headerChecksum: self = SPADE_HEADER_CHECKSUM
    case .fileSize: self = SPADE_FILE_SIZE
    case .misalignedFile: self = SPADE_MISALIGNED_FILE
    case .sectionSize: self = SPADE_SECTION_SIZE
    case .sectionChecksum: self = SPADE_SECTION_CHECKSUM
    case .sectionTooShort: self = SPADE_SECTION_TOO_SHORT
    case .badConfiguration: self = SPADE_BAD_CONFIGURATION
    case .badBuffer: self = SPADE_BAD_BUFFER
    case .badLevel: self = SPADE_BAD_LEVEL
    case .badTable: self = SPADE_BAD_TABLE
    case .badProduct: self = SPADE_BAD_PRODUCT
    case .badNorm: self = SPADE_BAD_NORM
    case .badColumn(_, _, _, rule: .scale): self = SPADE_BAD_SCALE
    case .badColumn, .sharedWeights: self = SPADE_BAD_WEIGHTS
    case .badStep, .pictureIncomplete: self = SPADE_BAD_STEP
    case .badTest: self = SPADE_BAD_TEST
    case .badMetadata: self = SPADE_BAD_METADATA
    }
  }

  init(_ error: InputError) {
    switch error {
    case .arenaTooSmall: self = SPADE_ARENA_TOO_SMALL
    case .arenaMisaligned: self = SPADE_ARENA_MISALIGNED
    case .threadCount: self = SPADE_BAD_THREAD_COUNT
    case .threadsRefused: self = SPADE_THREADS_REFUSED
    case .unknownLabel: self = SPADE_UNKNOWN_LABEL
    case .edgesMissing: self = SPADE_EDGES_MISSING
    case .edgesUnexpected: self = SPADE_EDGES_UNEXPECTED
    case .styleNotFinite: self = SPADE_STYLE_NOT_FINITE
    case .encoderMissing: self = SPADE_ENCODER_MISSING
    case .labelCount, .styleCount, .pictureSize, .photoSize: self = SPADE_BAD_SIZE
    }
  }

  init(_ error: StyleError) {
    switch error {
    case .notAStyle: self = SPADE_NOT_A_STYLE
    case .unsupportedVersion: self = SPADE_STYLE_VERSION
    case .valueCount, .byteCount, .checksum: self = SPADE_STYLE_DAMAGED
    case .notFinite: self = SPADE_STYLE_NOT_FINITE
    }
  }
}
