import SpadeTools

extension Command {
  static var list: Command {
    Command(
      name: "list", abstract: "Shows the model files found, and the time of a picture with each here.",
      operands: [],
      discussion: """
        Looks in the current folder, in Models/, in the folders that SPADE_MODELS names with colons
        between them, in share/spade beside the program or in /usr, and one folder further down in each. The time is that of
        the model's test picture on this machine, the best of three. A model found so can be named
        everywhere by its file's name without .spade, unless a file of the current folder has that
        name.

          spade-run list
          spade-run synthesize landscapes map.png -o picture.png
        """
    ) { _ throws(Stop) in
      for note in ModelList.notes() { Standard.error(note) }
      for line in ModelList.lines(ModelList.paths()) { Standard.output(line) }
    }
  }
}
