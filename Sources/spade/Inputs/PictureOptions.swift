import ArgumentParser
import SpadeImage
import SpadeTools

extension Enlargement: ExpressibleByArgument {
  public init?(argument: String) {
    guard let scale = Int(argument) else { return nil }
    self.init(rawValue: scale)
  }

  public var defaultValueDescription: String { "\(rawValue)" }
  public static var allValueStrings: [String] { allCases.map { "\($0.rawValue)" } }
}

/// The shape and size of pictures.
struct PictureOptions: ParsableArguments {
  @Flag(help: "Cut what --fit pad added off the picture again, so that it has the drawing's shape.")
  var cropBack = false

  @Option(
    help: ArgumentHelp(
      "Enlarge smoothly what the network paints at its own size; this adds no detail.", valueName: "1|2|4"))
  var scale = Enlargement.none

  @Option(help: .hidden) var size: String?
  @Option(help: .hidden) var width: String?
  @Option(help: .hidden) var height: String?
  @Option(help: .hidden) var resolution: String?

  func validate() throws {
    for (name, value) in [
      ("--size", size), ("--width", width), ("--height", height), ("--resolution", resolution),
    ] where value != nil {
      if let wrong = FixedSize.fault(of: name) { throw ValidationError(wrong) }
    }
  }
}
