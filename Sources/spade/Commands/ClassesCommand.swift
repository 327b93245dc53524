import ArgumentParser
import SpadeTools

struct ClassesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classes",
    abstract: "Shows a model's classes: their ids, colours and names.",
    discussion: """
      The ids are what label maps hold, the colours those to draw in, and the names what the lines of a --relabel file may say.

        spade classes landscapes.spade
        spade classes landscapes.spade --json | jq '.classes[].name'
      """)

  @Argument(
    help: ArgumentHelp(
      "The model: a file, or the name of one that spade list shows.", valueName: "model.spade"))
  var model: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let table = try ClassTable(ModelFile(named: model))
    Standard.output(json ? table.json.text : table.lines.joined(separator: "\n"))
  }
}
