import SpadeFiles
import SpadeQuantize
import SpadeTools
import Testing

@testable import spade

@Suite struct CheckpointSentenceTests {
  private static let long = [Int](repeating: 7, count: 60_000)
  private static let name = String(repeating: "n", count: 100_000)

  static let errors: [any Error] = [
    CheckpointError.unreadable(.cannotOpen(errno: 2)), CheckpointError.unwritable(.cannotWrite(errno: 28)),
    CheckpointError.notACheckpoint(byteCount: 3), CheckpointError.plainPickle,
    CheckpointError.truncated(offset: 1, wanted: 2, available: 0),
    CheckpointError.unsupportedOpcode(found: 1, offset: 2), CheckpointError.zipDirectoryMissing,
    CheckpointError.malformedShape(tensor: "a", shape: long),
    CheckpointError.wrongShape(tensor: "a", found: long, wanted: [1]),
    CheckpointError.extraTensor(name: name),
    CheckpointError.unsupportedElementType(tensor: name, found: name),
    CheckpointError.conflictingStorage(storage: name), CheckpointError.zipEntryMissing(name: name),
    CheckpointError.notFinite(tensor: "a", index: 1), CheckpointFolderError.notFound,
    CheckpointFolderError.unreadable(folder: "f", .cannotOpen(errno: 13)), CheckpointFolderError.noGenerator,
    CheckpointFolderError.severalNetworks(["a", "b"]), ConfigurationError.missingTensor(name: name),
    ConfigurationError.wrongRank(tensor: "a", found: long, wanted: 4),
    ConfigurationError.outOfBounds(quantity: .channelUnit, found: 0, lowest: 1, highest: 2),
    ConfigurationError.upsamplingMismatch(checkpointHasFifthStage: true, given: .normal),
    ConfigurationError.inputMismatch(checkpoint: 5, classCount: 3, hasUnknownClass: true, hasEdges: false),
    OptionsError.unreadable(.isFolder), OptionsError.notText, OptionsError.malformedLine(number: 3),
    OptionsError.repeatedOption(name: name, line: 2), OptionsError.unsupportedNetwork(found: name),
    OptionsError.malformedValue(option: "ngf", found: name, wanted: "a whole number"),
  ]

  @Test(arguments: errors.indices) func oneSentenceOnOneLineOfReadableLength(index: Int) {
    let sentence = Failure("file", Self.errors[index]).sentence
    #expect(sentence.hasPrefix("file") && sentence.hasSuffix(".") && !sentence.hasSuffix(".."), "\(sentence)")
    #expect(sentence.utf8.count < 400, "\(sentence)")
    #expect(!sentence.contains("Error"), "no name of a type: \(sentence)")
  }

  @Test func whatThePresetSaysIsNamedBesideWhatContradictsIt() {
    #expect(
      ConfigurationError.presetMismatch(
        .ade20k, says: .size(width: 256, height: 256), options: .size(width: 128, height: 64)
      ).sentence
        == "--preset ade20k says 256x256 pixels, opt.txt says 128x64 pixels; leave --preset out to go by opt.txt, or give "
        + "--size WxH.")
    #expect(
      ConfigurationError.inputMismatch(
        checkpoint: 80, classCount: 151, preset: .ade20k, hasUnknownClass: false, hasEdges: false,
        noiseCount: 64
      ).sentence
        == "The checkpoint reads 80 input channels, but 151 classes of --preset ade20k + 64 of noise make 215."
    )
  }

  @Test func openQuestionsListTheirOptions() {
    #expect(
      ConfigurationError.open([.size, .edges]).sentence
        == "The checkpoint alone does not tell everything: give --preset ade20k|coco|cityscapes, "
        + "or --size WxH, --edges or --no-edges.")
  }
}
