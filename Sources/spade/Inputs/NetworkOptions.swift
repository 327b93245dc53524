import ArgumentParser
import SpadeQuantize

extension GeneratorConfiguration.Preset: ExpressibleByArgument {}
extension GeneratorConfiguration.Upsampling: ExpressibleByArgument {}

/// A picture size as the command line has it.
struct PictureSize: ExpressibleByArgument {
  let width: Int
  let height: Int

  init?(argument: String) {
    let sides = argument.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard sides.count == 2, let width = Int(sides[0]), let height = Int(sides[1]), width > 0, height > 0
    else {
      return nil
    }
    self.width = width
    self.height = height
  }
}

/// What a checkpoint's tensors cannot tell. Each answer is taken from these options, then `opt.txt`, then the preset, which must not
/// contradict `opt.txt`.
struct NetworkOptions: ParsableArguments {
  @Option(
    help:
      "The data set of a released checkpoint that comes without opt.txt. Where opt.txt is there and says otherwise, that is an error."
  )
  var preset: GeneratorConfiguration.Preset?

  @Option(help: ArgumentHelp("The picture's size in pixels, such as 512x256.", valueName: "WxH"))
  var size: PictureSize?

  @Option(help: "How often the network doubles its grid: 5, 6 or 7 times.")
  var upsampling: GeneratorConfiguration.Upsampling?

  @Flag(
    inversion: .prefixedNo, help: "Whether the last class stands for unknown pixels (contain_dontcare_label)."
  )
  var dontcare: Bool?

  @Flag(inversion: .prefixedNo, help: "Whether the network reads instance borders (not no_instance).")
  var edges: Bool?

  var overrides: GeneratorConfiguration.Overrides {
    GeneratorConfiguration.Overrides(
      width: size?.width, height: size?.height, upsampling: upsampling, hasUnknownClass: dontcare,
      hasEdges: edges)
  }
}
