import Testing

@testable import SpadeQuantize

@Suite struct CheckpointOptionsTests {
  @Test func officialFile() throws {
    let options = try Options(
      text: """
        ----------------- Options ---------------
                     aspect_ratio: 2.0                           \t[default: 1.0]
           contain_dontcare_label: False                         
                        crop_size: 512                           
                          gpu_ids: 0,1                           \t[default: 0]
                         label_nc: 35                            \t[default: 182]
                        load_size: 512                           \t[default: 1024]
                         load_from: C:\\weights: old              
                             netG: spade                         
                              ngf: 64                            
                      no_instance: False                         
                           norm_G: spectralspadesyncbatch3x3     \t[default: spectralinstance]
            num_upsampling_layers: more                          \t[default: normal]
                         resume:
                  preprocess_mode: fixed                         \t[default: scale_width_and_crop]
                          use_vae: False                         
                            z_dim: 256                           
        ----------------- End -------------------

        """)
    var wanted = Options()
    wanted.aspectRatio = 2
    wanted.hasUnknownClass = false
    wanted.cropSize = 512
    wanted.classCount = 35
    wanted.channelUnit = 64
    wanted.hasEdges = true
    wanted.layerNormalization = .init(hasSpectralNorm: true, normalization: .batch, kernelSize: 3)
    wanted.upsampling = .more
    wanted.hasStyle = false
    wanted.styleCount = 256
    #expect(options == wanted)
  }

  @Test(arguments: [
    ("just text", OptionsError.malformedLine(number: 1)),
    (": 1", .malformedLine(number: 1)),
    ("ngf: 1\nngf: 1", .repeatedOption(name: "ngf", line: 2)),
    ("ngf: 64.0", .malformedValue(option: "ngf", found: "64.0", wanted: "a whole number")),
    ("label_nc: -1", .malformedValue(option: "label_nc", found: "-1", wanted: "a whole number")),
    ("use_vae: true", .malformedValue(option: "use_vae", found: "true", wanted: "True or False")),
    ("aspect_ratio: nan", .malformedValue(option: "aspect_ratio", found: "nan", wanted: "a positive number")),
    ("aspect_ratio: 0", .malformedValue(option: "aspect_ratio", found: "0", wanted: "a positive number")),
    (
      "num_upsampling_layers: less",
      .malformedValue(option: "num_upsampling_layers", found: "less", wanted: "normal, more or most")
    ),
    (
      "norm_G: spectralspadebatch3x5",
      .malformedValue(
        option: "norm_G", found: "spectralspadebatch3x5", wanted: "a name like spectralspadesyncbatch3x3")
    ),
    ("netG: pix2pixhd", .unsupportedNetwork(found: "pix2pixhd")),
  ])
  func malformed(text: String, error: OptionsError) {
    #expect(throws: error) { try Options(text: text) }
  }

  @Test func unreadableFiles() throws {
    #expect(throws: OptionsError.self) { try Options(contentsOf: "/nonexistent/opt.txt") }
    let folder = try TemporaryFolder()
    let path = try folder.file("opt.txt", [0xff])
    #expect(throws: OptionsError.notText) { try Options(contentsOf: path) }
  }

  @Test(arguments: [
    (
      "spadeinstance1x1",
      Options.LayerNormalization(hasSpectralNorm: false, normalization: .instance, kernelSize: 1)
    ),
    (
      "spadebatch7x7",
      Options.LayerNormalization(hasSpectralNorm: false, normalization: .batch, kernelSize: 7)
    ),
  ])
  func layerNormalizations(name: String, wanted: Options.LayerNormalization) {
    #expect(Options.LayerNormalization(name) == wanted)
  }
}
