import ArgumentParser
import SpadeBoards
import SpadeTargets

extension Board {
  /// Of all boards, as `--target` takes them.
  static var names: [String] { (0..<count).map { at($0).name.description } }

  /// The board that `--target` names.
  init(option name: String) throws {
    guard let board = Board.named(name.utf8) else {
      throw ValidationError("--target \(name) is not a board; give \(Self.names.joined(separator: ", ")).")
    }
    self = board
  }
}
