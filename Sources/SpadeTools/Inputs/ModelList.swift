import SpadeFiles
import SpadeInput
import SpadeModel
import SpadeRuntime

/// The model files that a person may mean: those of the current folder, its folder `Models`, the folders that `SPADE_MODELS` names with
/// colons between them, and the installed ones, which lie beside the program as in an archive, or in /usr; and those one folder further
/// down.
package enum ModelList {
  /// Pictures that are painted to time one, of which the fastest counts: others are often held up by what else runs.
  private static let runCount = 3
  private static let installed = "/usr/share/spade"
  private static let searched =
    "here, in Models/, in the folders of SPADE_MODELS, or in share/spade beside the program or in /usr"

  /// Each file once, in the order of the places.
  package static func paths(in places: [String]? = nil) -> [String] {
    var paths: [String] = []
    var seen: Set<FileIdentity> = []
    for place in places ?? standardPlaces {
      let names = (try? Folder.names(in: place)) ?? []
      let folders = [place] + names.filter { !$0.hasPrefix(".") }.map { Path.joined(place, $0) }
      for folder in folders {
        for name in (try? Folder.names(in: folder)) ?? []
        where name.hasSuffix(".spade") && !name.hasPrefix(".") {
          let path =
            folder == "."
            ? name : Path.joined(folder.hasPrefix("./") ? String(folder.dropFirst(2)) : folder, name)
          if let identity = FileIdentity(path), seen.insert(identity).inserted { paths.append(path) }
        }
      }
    }
    return paths
  }

  private static var standardPlaces: [String] {
    let named = SystemText.environment("SPADE_MODELS") ?? ""
    let places = [".", "Models"] + named.split(separator: ":").map { String($0) }
    return places + [SystemText.sharedFolder, installed].compactMap { $0 }
  }

  /// The file of a model that was named: by a path, or as `landscapes` for a `landscapes.spade` of the list. A path wins over a name, and
  /// the first of several files of one name, with a note.
  package static func path(
    of named: String, in places: [String]? = nil
  ) throws(Failure) -> String {
    // What cannot be a name, and what is there, is a path, whose own sentence says what is wrong with it.
    guard Path.lastPart(of: named) == named, !named.isEmpty, !named.hasPrefix("."),
      FileIdentity(named)?.isThere == false || Folder.isThere(named)
    else { return named }
    let paths = paths(in: places)
    let found = paths.filter { Path.stem(of: $0) == named || Path.lastPart(of: $0) == named }
    if let first = found.first {
      if found.count > 1 { Standard.error("note: \(named) is \(first); \(others(found)).") }
      return first
    }
    guard !paths.isEmpty else {
      throw Failure(
        "\(named) is no file here, and no model's name: there are no model files \(searched). Give the path of a model file."
      )
    }
    let stems = paths.map { Path.stem(of: $0) }
    let wanted = named.hasSuffix(".spade") ? Path.stem(of: named) : named
    let meant = suggestion(for: wanted, of: stems).map { " (did you mean \($0)?)" } ?? ""
    let list = stems.indices.map { "\(stems[$0]) (\(paths[$0]))" }
    throw Failure(
      "\(named) is no file here, and no model's name\(meant); those found are \(list.listed). Give one of these names, or the path of a "
        + "model file.")
  }

  /// Which files, after the first, have its name, as the end of a sentence.
  private static func others(_ found: [String]) -> String {
    "\(Array(found.dropFirst()).listed) ha\(found.count > 2 ? "ve" : "s") the name too"
  }

  /// Which model is meant where none is named, in a sentence, with the others of its name.
  package static func note(of path: String, among paths: [String]) -> String {
    let found = [path] + paths.filter { $0 != path && Path.stem(of: $0) == Path.stem(of: path) }
    return "note: the model is \(path)\(found.count > 1 ? "; \(others(found))" : "")."
  }

  /// That folders of `SPADE_MODELS` are not there, in sentences.
  package static func notes(named: String? = SystemText.environment("SPADE_MODELS")) -> [String] {
    (named ?? "").split(separator: ":").map { String($0) }.filter { !Folder.isThere($0) }.map {
      "note: SPADE_MODELS names \($0), and there is no such folder."
    }
  }

  /// The model that is meant where none is named: the only one, or the landscapes among several.
  /// - Parameter paths: Of model files, as `paths(in:)` gives them.
  package static func only(of paths: [String]) throws(Failure) -> String {
    if paths.count == 1 { return paths[0] }
    if let path = paths.first(where: { Path.stem(of: $0) == "landscapes" }) { return path }
    guard paths.isEmpty else {
      throw Failure("There are several models: \(paths.listed); say which.")
    }
    throw Failure(
      "There are no model files \(searched); name one."
    )
  }

  /// A table of the models with the time of their test pictures here; those that cannot be read come as notes.
  package static func lines(_ paths: [String]) -> [String] {
    guard !paths.isEmpty else {
      return [
        "There are no model files \(searched)."
      ]
    }
    let width = max(20, (paths.map { $0.count }.max() ?? 0) + 2)
    var lines = [row(["model", "bytes", "picture", "classes", "style", "time here"], width)]
    for path in paths {
      do throws(Failure) { lines.append(try line(ModelFile(path: path), width: width)) } catch {
        Standard.error("note: \(error.sentence)")
      }
    }
    return lines
  }

  private static func line(_ file: ModelFile, width: Int) throws(Failure) -> String {
    let model = file.model
    let (map, style) = model.testCase
    let seconds = try withRuntime(model, path: file.path, kernels: .best, threadCount: ThreadCount.standard) {
      (runtime) throws(Failure) in
      try least(of: runCount) { () throws(Failure) in
        runtime.forgetMap()
        return try runtime.frame(map, style: style, path: file.path).seconds
      }
    }
    return row(
      [
        file.path, file.byteCount.grouped, file.pictureSummary, "\(model.labelCount)",
        model.styleCount > 0 ? "yes" : "no", seconds.duration,
      ], width)
  }

  /// The least of several measurements.
  static func least(
    of count: Int, _ measure: () throws(Failure) -> Double
  ) throws(Failure) -> Double {
    var least = Double.infinity
    for _ in 0..<count { least = min(least, try measure()) }
    return least
  }

  private static func row(_ cells: [String], _ width: Int) -> String {
    var line = cells[0].left(width)
    for (cell, room) in zip(cells.dropFirst(), [13, 11, 9, 7, 12]) { line += cell.right(room) }
    return line
  }
}
