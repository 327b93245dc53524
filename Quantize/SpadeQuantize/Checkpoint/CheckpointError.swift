import SpadeFiles

/// Why a checkpoint cannot be read or written: one case per rule. Offsets and lengths are in bytes from the file's start.
public enum CheckpointError: Error, Equatable, Sendable {
  // The file.
  case unreadable(FileError)
  case unwritable(FileError)
  case notACheckpoint(byteCount: Int)
  /// An HDF5 file: what Keras writes.
  case hdf5
  /// A pickle, and not the first of PyTorch's stream: what `pickle.dump` writes.
  case plainPickle
  case truncated(offset: Int, wanted: Int, available: Int)
  case trailingBytes(offset: Int, count: Int)
  case numberTooLarge(offset: Int)
  case notText(offset: Int)
  case lineTooLong(offset: Int, limit: Int)
  case bigEndian

  // Pickles.
  case unsupportedPickleProtocol(found: Int)
  case unsupportedOpcode(found: UInt8, offset: Int)
  case unsupportedGlobal(name: String)
  case malformedPickle(opcode: UInt8, offset: Int)
  case unsetMemo(index: Int, offset: Int)
  case pickleTooLong(limit: Int)
  case pickleTooDeep(limit: Int, offset: Int)
  case unsupportedStorageView(storage: String)
  case conflictingStorage(storage: String)
  case notAStateDict
  case notATensor(name: String)

  // PyTorch's legacy stream.
  case unsupportedLegacyProtocol(found: Int)
  case malformedLegacyStream(offset: Int)
  case unknownStorage(storage: String)
  case missingStorage(storage: String)
  case storageLength(storage: String, found: Int, wanted: Int)

  // Zip archives.
  case zipDirectoryMissing
  case malformedZip(offset: Int)
  case zipEntryRepeated(name: String)
  case zipEntryMissing(name: String)
  case zipEntryPacked(name: String, method: Int)
  case zipEntryEncrypted(name: String)
  case zipEntriesOverlap(name: String, offset: Int)
  case zipChecksum(name: String, found: UInt32, wanted: UInt32)

  // Safetensors.
  case headerTooLong(found: Int, limit: Int)
  case malformedHeader
  case unsupportedElementType(tensor: String, found: String)
  case malformedOffsets(tensor: String)
  case tensorLength(tensor: String, found: Int, wanted: Int)
  case tensorsNotAdjacent(tensor: String, found: Int, wanted: Int)

  // Tensors.
  case repeatedTensor(name: String)
  case malformedShape(tensor: String, shape: [Int])
  case tensorOutsideStorage(tensor: String, end: Int, storageCount: Int)
  case tensorLargerThanStorage(tensor: String, elementCount: Int, storageCount: Int)

  // Networks.
  case missingTensor(name: String)
  case extraTensor(name: String)
  case wrongShape(tensor: String, found: [Int], wanted: [Int])
  case notFinite(tensor: String, index: Int)
  case negativeVariance(tensor: String, index: Int, found: Float)
  case spectralNorm(tensor: String, found: Double)
}
