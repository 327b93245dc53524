import SpadeQuantize

extension CheckpointError {
  /// What to do about it: the end of the sentence.
  var advice: String {
    switch self {
    case .unreadable: "check the path and its permissions"
    case .unwritable: "choose another place for the output"
    case .notACheckpoint, .notAStateDict, .notATensor, .unsupportedGlobal, .unsupportedOpcode, .pickleTooLong,
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
