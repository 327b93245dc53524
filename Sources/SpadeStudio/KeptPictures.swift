import SpadeFiles
import SpadeTools

/// The pictures that people saved or kept on the page, in a folder from which others may show them: files `kept-000001.png` and so on,
/// each whole or not there. When there are too many the oldest goes; other files of the folder are left alone.
///
/// Of the painting thread.
final class KeptPictures {
  private let folder: String
  private let most: Int
  /// In their order.
  private var numbers: [UInt64]
  private var last: [UInt8] = []

  /// - Parameter most: How many stay, positive.
  init(folder: String, most: Int) throws(Failure) {
    self.folder = folder
    self.most = most
    do {
      try Folder.make(folder)
      try File.checkOutput(Path.joined(folder, Self.name(1)))
      numbers = try Folder.names(in: folder).compactMap { Self.number($0) }.sorted()
    } catch {
      throw Failure(folder, error)
    }
  }

  private static func name(_ number: UInt64) -> String { "kept-" + number.filled(digitCount: 6) + ".png" }

  private static func number(_ name: String) -> UInt64? {
    guard name.hasPrefix("kept-"), name.hasSuffix(".png"), let number = UInt64(name.dropFirst(5).dropLast(4)),
      number > 0, number < 1 << 62, name == Self.name(number)
    else { return nil }
    return number
  }

  /// Adds a picture, unless it is the one before.
  func keep(_ png: [UInt8]) throws(Failure) {
    guard png != last else { return }
    let number = (numbers.last ?? 0) + 1
    let path = Path.joined(folder, Self.name(number))
    do throws(FileError) { try File.write(png, to: path) } catch { throw Failure(path, error) }
    numbers.append(number)
    last = png
    while numbers.count > most {
      // One that somebody has taken away by now is gone as well.
      try? File.remove(Path.joined(folder, Self.name(numbers.removeFirst())))
    }
  }
}
