import SpadeQuantize
import SpadeTools

extension Failure {
  /// An error about the checkpoint at `path`.
  init(_ path: String, _ error: CheckpointError) {
    switch error {
    case .unreadable(let error), .unwritable(let error): self.init(path, error)
    default: self.init("\(path): \(error.statement); \(error.advice).")
    }
  }
}

extension CheckpointError {
  /// What is wrong, where, and what was found and wanted: a sentence without its full stop.
  var statement: String {
    switch self {
    case .unreadable(let error), .unwritable(let error):
      "The file \(error.sentence)"
    case .notACheckpoint(0): "The file is empty"
    case .notACheckpoint(let byteCount):
      "The file (\(byteCount.grouped) bytes) is neither a PyTorch checkpoint nor a safetensors file"
    case .hdf5:
      "The file is HDF5, as Keras writes it; of SPADE's family only networks of PyTorch are read"
    case .plainPickle:
      "The file is a pickle that holds no state dict of PyTorch"
    case .notATensor("net_G"):
      "The file is a checkpoint of Imaginaire, whose SPADE is another network, or one with a state dict inside ('net_G')"
    case .truncated(let offset, let wanted, let available):
      "The file ends too early: \(wanted.grouped) bytes are needed at byte \(offset.grouped), \(available.grouped) are left"
    case .trailingBytes(let offset, let count):
      "There are \(count) bytes too many at byte \(offset)"
    case .numberTooLarge(let offset):
      "The number at byte \(offset) is too large"
    case .notText(let offset):
      "The text at byte \(offset) is not UTF-8"
    case .lineTooLong(let offset, let limit):
      "The name at byte \(offset) does not end within \(limit) bytes"
    case .bigEndian:
      "The checkpoint was written big-endian; only little-endian ones are read"

    case .unsupportedPickleProtocol(let found):
      "The pickle protocol is \(found); 2 to 5 are read"
    case .unsupportedOpcode(let found, let offset):
      "Pickle opcode \(found) at byte \(offset) does not belong in a state dict"
    case .unsupportedGlobal(let name):
      "The pickle asks for '\(brief(name))', which does not belong in a state dict; nothing was executed"
    case .malformedPickle(let opcode, let offset):
      "Pickle opcode \(opcode) at byte \(offset) does not fit the values before it"
    case .unsetMemo(let index, let offset):
      "The pickle reads memo entry \(index) at byte \(offset) before setting it"
    case .pickleTooLong(let limit):
      "The pickle is longer than \(limit) bytes, more than any state dict needs"
    case .pickleTooDeep(let limit, let offset):
      "The pickle holds more than \(limit) values at once at byte \(offset)"
    case .unsupportedStorageView(let storage):
      "Storage '\(brief(storage))' is a view of another storage, which is not supported"
    case .conflictingStorage(let storage):
      "Storage '\(brief(storage))' is described twice, differently"
    case .notAStateDict:
      "The checkpoint does not hold a state dict (a dictionary from names to tensors)"
    case .notATensor(let name):
      "Entry '\(brief(name))' of the state dict is not a tensor"

    case .unsupportedLegacyProtocol(let found):
      "The PyTorch stream protocol is \(found); 1001 is read"
    case .malformedLegacyStream(let offset):
      "The PyTorch stream's record at byte \(offset) is not the one that belongs there"
    case .unknownStorage(let storage):
      "Storage '\(brief(storage))' is listed but no tensor uses it, or it is listed twice"
    case .missingStorage(let storage):
      "Storage '\(brief(storage))' is used by a tensor but not listed"
    case .storageLength(let storage, let found, let wanted):
      "Storage '\(brief(storage))' has length \(found), \(wanted) was declared"

    case .zipDirectoryMissing:
      "The zip archive has no directory at its end; the file is probably incomplete"
    case .malformedZip(let offset):
      "The zip archive's record at byte \(offset) is malformed"
    case .zipEntryRepeated(let name):
      "The zip archive holds '\(brief(name))' twice"
    case .zipEntryMissing(let name):
      "The zip archive does not hold '\(brief(name))'"
    case .zipEntryPacked(let name, let method):
      "Zip entry '\(brief(name))' is compressed (method \(method)); only stored entries are read"
    case .zipEntryEncrypted(let name):
      "Zip entry '\(brief(name))' is encrypted"
    case .zipEntriesOverlap(let name, let offset):
      "Zip entry '\(brief(name))' at byte \(offset) overlaps another entry"
    case .zipChecksum(let name, let found, let wanted):
      "Zip entry '\(brief(name))' is damaged: its CRC-32 is \(found), \(wanted) was declared"

    case .headerTooLong(let found, let limit):
      "The safetensors header is \(found) bytes long; at most \(limit) are read"
    case .malformedHeader:
      "The safetensors header is not the JSON it should be"
    case .unsupportedElementType(let tensor, let found):
      "Tensor '\(brief(tensor))' has the element type '\(brief(found))', which is not supported"
    case .malformedOffsets(let tensor):
      "Tensor '\(brief(tensor))' does not have two ascending data offsets"
    case .tensorLength(let tensor, let found, let wanted):
      "Tensor '\(brief(tensor))' has \(found.grouped) bytes of data, its shape needs \(wanted.grouped)"
    case .tensorsNotAdjacent(let tensor, let found, let wanted):
      "Tensor '\(brief(tensor))' starts at data byte \(found), not at \(wanted) where the one before ends"

    case .repeatedTensor(let name):
      "Tensor '\(brief(name))' appears twice"
    case .malformedShape(let tensor, let shape):
      "Tensor '\(brief(tensor))' has an impossible shape or strides: \(shape.listedExtents)"
    case .tensorOutsideStorage(let tensor, let end, let storageCount):
      "Tensor '\(brief(tensor))' needs \(end) elements of a storage that has \(storageCount)"
    case .tensorLargerThanStorage(let tensor, let elementCount, let storageCount):
      "Tensor '\(brief(tensor))' repeats elements: \(elementCount) from a storage of \(storageCount)"

    case .missingTensor(let name):
      "Tensor '\(brief(name))' is missing"
    case .extraTensor(let name):
      "Tensor '\(brief(name))' does not belong to this network"
    case .wrongShape(let tensor, let found, let wanted):
      "Tensor '\(brief(tensor))' has shape \(found.listedExtents), \(wanted.listedExtents) is wanted"
    case .notFinite(let tensor, let index):
      "Tensor '\(brief(tensor))' has a value at index \(index) that is not finite"
    case .negativeVariance(let tensor, let index, let found):
      "Tensor '\(brief(tensor))' has the negative variance \(found) at index \(index)"
    case .spectralNorm(let tensor, let found):
      "Tensor '\(brief(tensor))' has the spectral norm \(found); it must be finite and positive"
    }
  }
}

extension CheckpointError {
  /// What to do about it: the end of the sentence.
  var advice: String {
    switch self {
    case .notACheckpoint, .hdf5, .plainPickle, .notAStateDict, .notATensor, .unsupportedGlobal,
      .unsupportedOpcode,
      .pickleTooLong,
      .pickleTooDeep:
      "give a state dict such as latest_net_G.pth"
    case .unsupportedPickleProtocol, .unsupportedLegacyProtocol, .unsupportedStorageView,
      .unsupportedElementType,
      .bigEndian, .zipEntryPacked, .zipEntryEncrypted, .headerTooLong:
      "save the state dict again with torch.save or safetensors"
    case .missingTensor, .extraTensor, .wrongShape:
      "give an unchanged checkpoint, and options that fit it"
    case .notFinite, .negativeVariance, .spectralNorm:
      "give a checkpoint whose training did not diverge"
    default: "copy or download it again"
    }
  }
}

/// A name that a file states, of which sentences show the first hundred characters.
func brief(_ name: String) -> String {
  name.unicodeScalars.count > 100 ? "\(String(name.unicodeScalars.prefix(100)))…" : name
}
