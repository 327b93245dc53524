/// The commands that only one of the two programs has.
package enum OtherProgram {
  /// Commands of `spade` that `spade-run` leaves to it.
  package static let workstationCommands = [
    "quantize", "plan", "reference", "evaluate", "inspect", "styles", "random-checkpoint",
  ]
  /// Commands of `spade-run` that `spade` leaves to it.
  package static let boardCommands = ["selftest"]

  /// What to do where `spade-run` was given a command of `spade`, in a sentence.
  package static func workstationSentence(for word: String) -> String? {
    guard workstationCommands.contains(word) else { return nil }
    return
      "\(word) is a command of spade, the program for workstations, and not of spade-run; run spade \(word) on a PC, with the package spade, or "
      + "after make build in the sources\(word == "inspect" ? "; classes and doctor show part of it here" : "")."
  }

  /// What to do where `spade` was given a command of `spade-run`, in a sentence.
  package static func boardSentence(for word: String) -> String? {
    guard boardCommands.contains(word) else { return nil }
    return
      "\(word) is a command of spade-run, the program for boards, and not of spade; run spade-run \(word), with the package "
      + "spade-run, or after make board in the sources."
  }
}
