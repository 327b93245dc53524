import SpadeFiles
import SpadeImage
import SpadeModel
import SpadeTools

/// What lies beside a model file: `layouts/*.png` to paint, and `styles/*` to paint them in.
struct Shipped {
  struct Layout {
    let name: String
    /// The file's content.
    let bytes: [UInt8]
  }

  struct Style {
    let name: String
    /// A saved style, as a file has it.
    let bytes: [UInt8]
  }

  private(set) var layouts: [Layout] = []
  private(set) var styles: [Style] = []

  /// Files of each kind that are taken, and their bytes at most.
  private static let countLimit = 64
  private static let byteLimit = 8 << 20

  /// Reads the folders beside the model; files that are of no use are passed over, with a note.
  init(beside painter: Painter) {
    let folder = Self.folder(of: painter.file.path)
    for name in Self.files(in: folder + "layouts", ending: ".png") {
      guard let bytes = try? File.read(folder + "layouts/" + name, byteLimit: Self.byteLimit) else {
        continue
      }
      layouts.append(Layout(name: Self.stem(name), bytes: bytes))
    }
    guard painter.file.model.styleCount > 0 else { return }
    for name in Self.files(in: folder + "styles", ending: "") {
      let path = folder + "styles/" + name
      do throws(Failure) {
        let values = try Self.style(path, painter)
        styles.append(Style(name: Self.stem(name), bytes: SavedStyle(values).bytes))
      } catch {
        Standard.error("note: \(error.sentence)")
      }
    }
  }

  private static func style(_ path: String, _ painter: Painter) throws(Failure) -> [Float] {
    let source = StyleSource.file(path: path)
    return try source.styles(mapCount: 1, for: NetworkInput(painter.file.model), network: painter.file.path) {
      (photo, _) throws(Failure) in try painter.style(of: photo)
    }[0]
  }

  /// With its slash, or empty for the current one.
  private static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }

  private static func stem(_ name: String) -> String {
    name.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) } ?? name
  }

  private static func files(in folder: String, ending: String) -> [String] {
    let names = (try? Folder.names(in: folder)) ?? []
    return Array(names.filter { !$0.hasPrefix(".") && $0.hasSuffix(ending) }.prefix(countLimit))
  }
}
