import SpadeFiles
import SpadeImage
import SpadeInput
import SpadePixels

/// Where a command's result goes. Checked before the work begins; written whole or not at all.
package struct OutputFile {
  /// As sentences name it.
  package let path: String
  /// Whether it is standard output, which `-` stands for.
  private let isStandard: Bool
  private let identity: FileIdentity?

  /// Makes sure, without touching anything, that a file at `path` can be written, and that it would replace neither what the
  /// command reads nor another of its outputs.
  /// - Parameters:
  ///   - inputs: The paths of all files that the command reads.
  ///   - others: The command's outputs so far.
  package init(
    checking path: String, inputs: [String], others: [OutputFile] = []
  ) throws(Failure) {
    isStandard = path == "-"
    self.path = isStandard ? "standard output" : path
    guard !isStandard else {
      identity = nil
      return
    }
    do { try File.checkOutput(path) } catch { throw Failure(path, error) }
    identity = FileIdentity(path)
    try check(against: inputs)
    for other in others {
      guard let identity, other.identity == identity else { continue }
      throw Failure("\(path) is to be written twice; give each output a name of its own.")
    }
  }

  /// Makes sure that the file would replace none of those that the command reads.
  package func check(against inputs: [String]) throws(Failure) {
    guard let identity else { return }
    for input in inputs where FileIdentity(input) == identity {
      throw Failure(
        path == input
          ? "\(path) is read and would be replaced; give the output another name."
          : "\(path) is the same file as \(input), which is read; give the output another name.")
    }
  }

  /// Whether the name ends in `.npy`, in any case.
  package static func namesArray(_ path: String) -> Bool { path.lowercased().hasSuffix(".npy") }

  /// What is wrong with the name of a picture to write, in a sentence: it belongs to another kind of picture.
  package static func fault(ofPicture path: String, option: String = "-o") -> String? {
    guard namesOtherPicture(path) else { return nil }
    return
      "\(option) \(path) would be a PNG by another's name; pictures are written as PNG, so give a name that ends in .png."
  }

  /// Whether the name is one that a picture of any kind has.
  package static func namesPicture(_ path: String) -> Bool {
    path.lowercased().hasSuffix(".png") || namesOtherPicture(path)
  }

  /// A path up to the last point of its name.
  static func withoutEnding(_ path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(path[..<$0]) } ?? path
  }

  private static func namesOtherPicture(_ path: String) -> Bool {
    let others = [
      ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".jxl", ".ppm", ".tga",
      ".svg", ".pdf",
    ]
    let name = path.lowercased()
    return others.contains { name.hasSuffix($0) }
  }

  /// Whether the result is a file; otherwise it may be standard output itself.
  package var isFile: Bool { !isStandard && File.isRegular(path) }

  /// Prints a line about the result where it cannot mix with it.
  package func report(_ line: String) { if isFile { Standard.output(line) } else { Standard.error(line) } }

  package func write(_ bytes: [UInt8]) throws(Failure) {
    do { if isStandard { try Standard.output(bytes: bytes) } else { try File.write(bytes, to: path) } } catch
    { throw Failure(path, error) }
  }

  /// Writes a map's ids as a PNG, with the classes' colours as its palette where there are any.
  /// - Parameters:
  ///   - area: The part to write, if not all of it.
  ///   - colors: Of the ids from 0 on.
  func write(_ map: LabelMap, _ area: PixelArea?, colors: [Color?]) throws(Failure) {
    let bytes: [UInt8]
    do throws(ImageError) {
      let whole = try IndexImage(width: map.width, height: map.height, values: map.ids)
      let image = area.map { whole.cropped(to: $0) } ?? whole
      bytes = try colors.contains { $0 != nil } ? image.pngBytes(colors: colors) : image.pngBytes()
    } catch {
      throw Failure(path, error)
    }
    try write(bytes)
  }

  package func write(_ picture: Picture) throws(Failure) {
    let bytes: [UInt8]
    do { bytes = try picture.pngBytes() } catch { throw Failure(path, error) }
    try write(bytes)
  }
}
