import SpadeFiles
import SpadeImage
import SpadeModel
import SpadeTools

/// What lies beside a model file when the studio starts: drawings and maps in `layouts` to paint, and `styles/*` to paint them in.
struct Shipped {
  struct Layout {
    /// Without its ending.
    let name: String
    /// Of the file.
    let fileName: String
    let isJPEG: Bool
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
  /// - Parameter reading: How layouts become ids: one that does not is of no use.
  init(beside painter: Painter, _ reading: LabelReading) {
    let folder = Self.folder(of: painter.file.path)
    let names = Self.files(in: folder + "layouts", endings: [".png", ".jpg", ".jpeg"])
    for (name, stem) in zip(names, PictureNames.stems(of: names)) {
      let path = folder + "layouts/" + name
      do throws(Failure) {
        let bytes = try File.content(path, byteLimit: Self.byteLimit)
        _ = try reading.map(drawing: bytes, name: path)
        layouts.append(
          Layout(name: stem, fileName: name, isJPEG: Picture.isJPEG(bytes), bytes: bytes))
      } catch {
        Standard.error("note: \(error.sentence)")
      }
    }
    guard painter.file.model.styleCount > 0 else { return }
    let files = Self.files(in: folder + "styles", endings: [""])
    for (name, stem) in zip(files, PictureNames.stems(of: files)) {
      let path = folder + "styles/" + name
      do throws(Failure) {
        let values = try Self.style(path, painter)
        styles.append(Style(name: stem, bytes: SavedStyle(values).bytes))
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

  private static func files(in folder: String, endings: [String]) -> [String] {
    let names = ((try? Folder.names(in: folder)) ?? []).filter { name in
      !name.hasPrefix(".") && endings.contains { name.lowercased().hasSuffix($0) }
    }
    if names.count > countLimit {
      Standard.error(
        "note: \(folder) holds \(names.count.grouped) files, and only the first \(countLimit) are offered.")
    }
    return Array(names.prefix(countLimit))
  }
}
