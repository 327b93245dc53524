import ArgumentParser
import SpadeTools

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows the model files found, and the time of a picture with each here.",
    discussion: """
      Looks in the current folder, in Models/, in the folders that SPADE_MODELS names with colons between them, in \
      share/spade beside the program or in /usr, and one folder further down in each. The time is that of the model's test picture on this machine, \
      the best of three. A model found so can be named everywhere by its file's name without .spade, unless a file of the current \
      folder has that name.

        spade list
        spade synthesize landscapes map.png -o picture.png
        SPADE_MODELS=$HOME/models spade list
      """)

  func run() throws {
    for note in ModelList.notes() { Standard.error(note) }
    for line in ModelList.lines(ModelList.paths()) { Standard.output(line) }
  }
}
