import SpadeTools

extension Command {
  static var classes: Command {
    Command(
      name: "classes", abstract: "Shows a model's classes: their ids, colours and names.",
      operands: ["model.spade"],
      options: [Option(name: "--json", help: "Print JSON.")],
      discussion: """
        The ids are what label maps hold, the colours those to draw in, and the names what the
        lines of a --relabel file may say.

          spade-run classes landscapes.spade
        """
    ) { arguments throws(Stop) in
      do throws(Failure) {
        let table = try ClassTable(ModelFile(named: arguments.operands[0]))
        Standard.output(arguments.has("--json") ? table.json.text : table.lines.joined(separator: "\n"))
      } catch {
        throw .failure(error)
      }
    }
  }
}
