import SpadeQuantize
import SpadeTools

/// An `opt.txt` in the reference's form: `'{:>25}: {:<30}'`, one option a line.
enum OptionsText {
  static func text(_ configuration: GeneratorConfiguration) -> String {
    let options = configuration.layout == .oasis ? oasis(configuration) : official(configuration)
    return
      (["----------------- Options ---------------"]
      + options.map { "\($0.0.right(25)): \($0.1.left(30))" } + [
        "----------------- End -------------------", "",
      ])
      .joined(separator: "\n")
  }

  private static func official(_ configuration: GeneratorConfiguration) -> [(String, String)] {
    let spectral = configuration.hasSpectralNorm ? "spectral" : ""
    let norm = configuration.normalization == .batch ? "syncbatch" : "instance"
    // A class-adaptive layer has no kernels; its options say what SPADE's do.
    let size = configuration.modulation == .classTable ? 3 : configuration.kernelSize
    var options: [(String, String)] = [
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
    if configuration.modulation == .classTable {
      options += [("norm_mode", "clade"), ("add_dist", truth(false))]
    }
    if case .compressed(let counts) = configuration.layout {
      let plain = ["netG", "ngf", "use_vae", "z_dim"]
      options = options.filter { !plain.contains($0.0) }
      options += [
        ("netG", "sub_mobile_spade"), ("config_str", counts.text),
        ("ngf", "\(counts.values.max() ?? 0)"), ("separable_conv_norm", "instance"),
      ]
    }
    return options
  }

  private static func oasis(_ configuration: GeneratorConfiguration) -> [(String, String)] {
    [
      ("aspect_ratio", "\(Double(configuration.width) / Double(configuration.height))"),
      ("channels_G", "\(configuration.channelUnit)"),
      ("crop_size", "\(configuration.width)"),
      ("no_3dnoise", truth(configuration.styleCount == nil)),
      ("no_spectral_norm", truth(!configuration.hasSpectralNorm)),
      ("num_res_blocks", "6"),
      ("param_free_norm", "syncbatch"),
      ("semantic_nc", "\(configuration.labelCount)"),
      ("spade_ks", "\(configuration.kernelSize)"),
      ("z_dim", "\(configuration.styleCount ?? 64)"),
    ]
  }

  private static func truth(_ value: Bool) -> String { value ? "True" : "False" }
}
