import SpadeQuantize
import SpadeTools

extension ConfigurationError {
  /// One plain sentence, or for open questions one that lists the options to give.
  var sentence: String {
    switch self {
    case .missingTensor(let name):
      return "The checkpoint is not a SPADE generator: tensor '\(brief(name))' is missing."
    case .unreadRelative(let relative): return relative.sentence
    case .wrongRank(let tensor, let found, let wanted):
      return "Tensor '\(brief(tensor))' has shape \(found.listedExtents), \(wanted) dimensions are wanted."
    case .wrongMultiple(let tensor, let found, let multiple):
      return "Tensor '\(brief(tensor))' has \(found) rows, a multiple of \(multiple) is wanted."
    case .outOfBounds(let quantity, let found, let lowest, let highest):
      return "The \(quantity.name) is \(found), it must be in \(lowest)...\(highest)."
    case .evenKernel(let found):
      return "The kernel size is \(found), it must be odd."
    case .oddChannelUnit(let found):
      return "The channel unit (ngf) is \(found), it must be even when 'most' upsampling halves it."
    case .open(let questions):
      let options = questions.map(\.options).joined(separator: ", ")
      return
        "The checkpoint alone does not tell everything: give --preset ade20k|coco|cityscapes, or \(options)."
    case .channelUnitMismatch(let checkpoint, let options):
      return "The checkpoint's channel unit is \(checkpoint), opt.txt says ngf \(options)."
    case .channelCountsMismatch(let checkpoint, let options):
      return "The checkpoint's channel counts are \(checkpoint), opt.txt says config_str \(options)."
    case .kernelSizeMismatch(let checkpoint, let options):
      return
        "The checkpoint's SPADE kernels are \(checkpoint)x\(checkpoint), opt.txt says \(options)x\(options)."
    case .normalizationMismatch(let checkpoint, let options):
      return "The checkpoint uses \(checkpoint.rawValue) normalisation, opt.txt says \(options.rawValue)."
    case .unexpectedSpectralNorm:
      return "The checkpoint has spectral norm (weight_orig), opt.txt says it has none."
    case .styleMismatch(let checkpoint, let options):
      let found = checkpoint.map { "a style of length \($0)" } ?? "no style input"
      let said = options.map { "a style of length \($0)" } ?? "no style input"
      return "The checkpoint has \(found), opt.txt says \(said)."
    case .upsamplingMismatch(let hasFifthStage, let given):
      return "The checkpoint \(hasFifthStage ? "has" : "does not have") a fifth stage (up_4), "
        + "which does not fit '\(given.rawValue)' upsampling."
    case .inputMismatch(
      let checkpoint, let classCount, let preset, let hasUnknownClass, let hasEdges, let noiseCount):
      let whose = preset.map { " of --preset \($0.rawValue)" } ?? ""
      let parts =
        ["\(classCount) classes\(whose)"] + (hasUnknownClass ? ["1 unknown"] : [])
        + (hasEdges ? ["1 edge"] : []) + (noiseCount > 0 ? ["\(noiseCount) of noise"] : [])
      return "The checkpoint reads \(checkpoint) input channels, but \(parts.joined(separator: " + ")) make "
        + "\(classCount + (hasUnknownClass ? 1 : 0) + (hasEdges ? 1 : 0) + noiseCount)."
    case .presetMismatch(let preset, let wanted, let found):
      let instead = wanted.question.map { ", or give \($0.options)" } ?? ""
      return "--preset \(preset.rawValue) says \(wanted.text), opt.txt says \(found.text); "
        + "leave --preset out to go by opt.txt\(instead)."
    case .sizeOffGrid(let width, let height, let multiple):
      return "The picture size \(width)x\(height) must be a multiple of \(multiple) in both directions."
    case .firstGridMismatch(let checkpointCellCount, let width, let height):
      return "The checkpoint's first grid has \(checkpointCellCount) cells, the picture size needs "
        + "\(width)x\(height) = \(width * height)."
    }
  }
}

extension ConfigurationError.PresetAnswer {
  fileprivate var text: String {
    switch self {
    case .classCount(let count): "\(count) classes"
    case .size(let width, let height): "\(width)x\(height) pixels"
    case .upsampling(let upsampling): "'\(upsampling.rawValue)' upsampling"
    case .unknownClass(let isThere): isThere ? "a class of unknown pixels" : "no class of unknown pixels"
    case .edges(let areThere): areThere ? "instance borders" : "no instance borders"
    }
  }

  /// That an option answers against both.
  fileprivate var question: ConfigurationError.OpenQuestion? {
    switch self {
    case .classCount: nil
    case .size: .size
    case .upsampling: .upsampling
    case .unknownClass: .unknownClass
    case .edges: .edges
    }
  }
}

extension ConfigurationError.OpenQuestion {
  /// The options that answer it.
  fileprivate var options: String {
    switch self {
    case .size: "--size WxH"
    case .upsampling: "--upsampling normal|more"
    case .unknownClass: "--dontcare or --no-dontcare"
    case .edges: "--edges or --no-edges"
    case .noise: "an opt.txt with no_3dnoise and z_dim"
    }
  }
}

extension ConfigurationError.Quantity {
  fileprivate var name: String {
    switch self {
    case .classCount: "number of classes"
    case .channelUnit: "channel unit (ngf)"
    case .hiddenChannelCount: "number of hidden channels"
    case .kernelSize: "kernel size"
    case .width: "picture width"
    case .height: "picture height"
    case .styleCount: "style length (z_dim)"
    case .cropSize: "crop size"
    }
  }
}

extension UnreadRelative {
  fileprivate var sentence: String {
    switch self {
    case .sean:
      "The checkpoint is a SEAN generator, which has a style for each region; of SPADE's relatives GAN Compression, CLADE "
        + "and OASIS are read."
    case .pix2pixHD:
      "The checkpoint is a pix2pixHD generator, which has no SPADE layers; SPADE, GAN Compression, CLADE and OASIS are read."
    case .imaginaire:
      "The checkpoint is a generator of Imaginaire, whose SPADE is another network; SPADE, GAN Compression, CLADE and OASIS "
        + "are read."
    case .cladeWithPositions:
      "The checkpoint is a CLADE generator that reads positions inside each segment (add_dist); CLADE is read without them."
    }
  }
}
