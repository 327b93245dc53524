import SpadeTools

/// A command of the program, and what it takes.
struct Command: Sendable {
  /// An option, with a value or as a flag.
  struct Option: Sendable {
    let name: String
    /// Another way to write it.
    var short: String?
    /// What the value is; `nil` for a flag.
    var value: String?
    let help: String

    /// As the help shows it.
    var usage: String { (short.map { $0 + ", " } ?? "") + name + (value.map { " <\($0)>" } ?? "") }
  }

  let name: String
  let abstract: String
  /// What stands after the name, without options.
  let operands: [String]
  /// How many of the operands have to be there.
  var requiredCount: Int?
  var options: [Option] = []
  /// What it does, with examples.
  let discussion: String
  let run: @Sendable (Arguments) throws(Stop) -> Void

  var usage: String {
    let count = requiredCount ?? operands.count
    let words = operands.indices.map { $0 < count ? "<\(operands[$0])>" : "[<\(operands[$0])>]" }
    return (["spade-run \(name)"] + words + (options.isEmpty ? [] : ["[options]"])).joined(separator: " ")
  }

  var help: String {
    let lines = options.map { option in
      "  " + option.usage.left(30) + option.help
    }
    let list = lines.isEmpty ? "" : "\n\nOptions:\n" + lines.joined(separator: "\n")
    let model =
      operands.contains("model.spade")
      ? "\n\n<model.spade> is a model file, or the name of one that spade-run list shows, such as\nlandscapes."
      : ""
    return "\(abstract)\n\nUsage: \(usage)\n\n\(discussion)\(model)\(list)"
  }
}

extension Command.Option {
  static var instances: Self {
    Self(
      name: "--instances", value: "instances.png",
      help: "The instance map: only borders between its ids count.")
  }
  static var seed: Self {
    Self(
      name: "--seed", value: "number", help: "Draw the style; the same seed gives the same style everywhere.")
  }
  static var palette: Self {
    Self(
      name: "--palette", value: "model|gaugan",
      help: "Read the map's colours; gaugan: the red byte is the id.")
  }
  static var relabel: Self {
    Self(
      name: "--relabel", value: "map.txt",
      help: "Lines of an id or colour (#3355ff) of the map and an id or class of the model.")
  }
  static var fill: Self {
    Self(
      name: "--fill", value: "class",
      help: "The class of transparent pixels, and of 255 in maps of ids.")
  }
  static var fit: Self {
    Self(
      name: "--fit", value: "crop|pad|stretch",
      help: "For maps of another shape: the middle, border pixels repeated, or squeezed.")
  }
  static var cropBack: Self {
    Self(name: "--crop-back", help: "Cut what --fit pad added off the picture again.")
  }
  static var scale: Self {
    Self(name: "--scale", value: "1|2|4", help: "Enlarge smoothly what the network paints at its own size.")
  }
  static var style: Self {
    Self(
      name: "--style", value: "photo.png|style.z",
      help: "The style of a photo, a saved one, or by its name one beside the model.")
  }
  static var blend: Self {
    Self(
      name: "--blend", value: "a.png:0.3,b.z:0.7",
      help: "The mean of photos, saved styles, seed:7; weights are scaled to a sum of 1.")
  }
  static var z: Self {
    Self(name: "--z", value: "z.npy", help: "Read the style from a NumPy file of shape [n].")
  }
  static var threads: Self {
    Self(name: "--threads", value: "count", help: "1 to 64; the number of cores if not given.")
  }
  static var isa: Self {
    Self(name: "--isa", value: "name", help: "Instruction set; the fastest of this CPU if not given.")
  }
}
