import SpadeImage
import SpadeModel
import SpadePixels

/// The classes of a model, as `classes` shows them in both programs.
package struct ClassTable {
  private struct Row {
    let id: Int
    let name: String
    let color: String?
  }

  private let path: String
  private let rows: [Row]
  private let unknownId: Int?

  package init(_ file: ModelFile) throws(Failure) {
    path = file.path
    let classes = try file.classes()
    let unknown = file.model.unknownLabel
    unknownId = unknown
    rows = (0..<file.model.labelCount).map { id in
      let entry = id < classes.count ? classes[id] : nil
      return Row(
        id: id, name: entry?.name ?? (id == unknown ? "unknown" : ""), color: entry?.color?.hexadecimal)
    }
  }

  /// A table for people: ids, colours, names, and what else label maps may hold.
  package var lines: [String] {
    var lines = ["id".right(5) + "  " + "colour".left(9) + "name"]
    for row in rows {
      lines.append(
        "\(row.id)".right(5) + "  " + (row.color ?? "-").left(9) + (row.name.isEmpty ? "-" : row.name))
    }
    if let unknownId {
      lines.append("255 in a label map, and transparent in a drawing, stand for id \(unknownId).")
    }
    if rows.allSatisfy({ $0.color == nil }) {
      lines.append("The classes have no colours, so drawings cannot be read; give maps of ids.")
    }
    return lines
  }

  package var json: JSONValue {
    JSONValue.report(
      "classes",
      [
        ("model", .text(path)), ("unknown_id", unknownId.map { .number($0) } ?? .null),
        (
          "classes",
          .array(
            rows.map { row in
              .object([
                ("id", .number(row.id)), ("name", row.name.isEmpty ? .null : .text(row.name)),
                ("color", row.color.map { .text($0) } ?? .null),
              ])
            })
        ),
      ])
  }
}
