import SpadeQuantize
import SpadeTools

/// An `opt.txt` in the reference's form: `'{:>25}: {:<30}'`, one option a line.
enum OptionsText {
  static func text(_ configuration: GeneratorConfiguration) -> String {
    let spectral = configuration.hasSpectralNorm ? "spectral" : ""
    let norm = configuration.normalization == .batch ? "syncbatch" : "instance"
    let size = configuration.kernelSize
    let options: [(String, String)] = [
      ("aspect_ratio", "\(Double(configuration.width) / Double(configuration.height))"),
      ("contain_dontcare_label", truth(configuration.hasUnknownClass)),
      ("crop_size", "\(configuration.width)"),
      ("label_nc", "\(configuration.classCount)"),
      ("load_size", "\(configuration.width)"),
      ("netG", "spade"),
      ("ngf", "\(configuration.channelUnit)"),
      ("no_instance", truth(!configuration.hasEdges)),
      ("norm_G", "\(spectral)spade\(norm)\(size)x\(size)"),
      ("num_upsampling_layers", configuration.upsampling.rawValue),
      ("preprocess_mode", "fixed"),
      ("use_vae", truth(configuration.styleCount != nil)),
      ("z_dim", "\(configuration.styleCount ?? 256)"),
    ]
    return
      (["----------------- Options ---------------"]
      + options.map { "\($0.0.right(25)): \($0.1.left(30))" } + [
        "----------------- End -------------------", "",
      ])
      .joined(separator: "\n")
  }

  private static func truth(_ value: Bool) -> String { value ? "True" : "False" }
}
