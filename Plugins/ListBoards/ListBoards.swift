import Foundation
import PackagePlugin

/// Writes the list of the boards, which is the list of the folders in Targets: Swift cannot find out which boards there
/// are, and the program for the boards has no files to read.
@main struct ListBoards: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let sources = target.sourceModule?.sourceFiles(withSuffix: ".swift").map { $0 } ?? []
    let folders = Set(sources.map { $0.url.deletingLastPathComponent().lastPathComponent })
    // The comment is what a compiler's error shows of a folder without a property of its name.
    let boards = folders.subtracting(["Targets"]).sorted().map { folder in
      "\(property(folder: folder))  // of Targets/\(folder)"
    }
    var lines = [
      "import SpadeBoards",
      "",
      "extension Board {",
      "  /// How many folders Targets has.",
      "  public static var count: Int { \(boards.count) }",
      "",
      "  /// The boards in the order of their folders' names.",
      "  /// - Parameter index: `0..<count`.",
      "  // Not inlined: the facts of all boards are in a program once.",
      "  @inline(never) public static func at(_ index: Int) -> Board {",
      "    switch index {",
    ]
    for (index, board) in boards.dropLast().enumerated() { lines.append("    case \(index): \(board)") }
    lines += ["    default: \(boards.last ?? "fatalError()")", "    }", "  }", "}", ""]

    let list = context.pluginWorkDirectoryURL.appending(path: "Board+List.swift")
    return [
      .buildCommand(
        displayName: "Listing the boards", executable: URL(fileURLWithPath: "/bin/sh"),
        arguments: ["-c", #"printf %s "$1" >"$2""#, "sh", lines.joined(separator: "\n"), list.path],
        outputFiles: [list])
    ]
  }

  /// What a folder's file calls its board: `raspberryPi5` in `raspberry-pi-5`.
  private func property(folder: String) -> String {
    let words = folder.split(separator: "-")
    return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
