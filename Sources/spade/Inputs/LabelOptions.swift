import ArgumentParser
import SpadeImage
import SpadeQuantize
import SpadeTools

extension LabelReading.Colors: ExpressibleByArgument {}
extension Fit: ExpressibleByArgument {}

/// How label maps are read, where ids alone do not say it.
struct LabelOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read the map's colours, of any PNG: model takes the colours of the model's classes, gaugan the red byte as "
        + "COCO-Stuff id, as in drawings of the GauGAN web demo. Without it pictures in RGB are read as model, others by "
        + "their values.", valueName: "model|gaugan"))
  var palette: LabelReading.Colors?

  @Option(
    help: ArgumentHelp(
      "For maps made for another network: a text file that says which id becomes which, on each line an id of the map "
        + "and an id or a class name of the network, such as 156 sky. Other ids stay as they are. Lines such as "
        + "#3355ff sky name colours of drawings.",
      valueName: "map.txt"))
  var relabel: String?

  @Option(
    help: ArgumentHelp(
      "The class of transparent pixels, and of 255 in maps of ids, by its name or id.", valueName: "class"))
  var fill: String?

  @Option(
    help: ArgumentHelp(
      "What becomes of a map of another shape than the network's: crop takes its middle, pad repeats its border pixels, stretch "
        + "squeezes it, which is also done, with a note, where nothing is given.",
      valueName: "crop|pad|stretch"))
  var fit: Fit?

  /// Whether there is any of them.
  var isGiven: Bool { palette != nil || relabel != nil || fill != nil || fit != nil }

  /// - Parameter classes: Of the network; may be empty.
  func reading(for input: NetworkInput, classes: [NetworkClass]) throws(Failure) -> LabelReading {
    try LabelReading(for: input, classes: classes, colors: palette, relabel: relabel, fill: fill, fit: fit)
  }

  /// For a model file, whose classes are in its metadata.
  func reading(for file: ModelFile) throws(Failure) -> LabelReading {
    try reading(for: NetworkInput(file.model), classes: file.classes())
  }
}
