import SpadeFiles
import SpadeImage
import SpadePixels

/// A label map file's values: those it holds, or those its colours stand for.
struct StoredLabels {
  let path: String
  let image: IndexImage
  /// The first transparent pixel, row by row, whose value says unknown.
  let firstTransparent: Int?
  /// Whether it is a gray PNG, whose levels are ids.
  let isGray: Bool
  /// Whether it is read by its ids, though its palette has colours of its own.
  let hasOtherColors: Bool
  /// Whether it is a drawing with common colours that are near no class's.
  let hasGuessedColors: Bool
  /// What had to be guessed, in sentences.
  let notes: [String]

  /// - Parameter reading: Says by which colours drawings are read.
  init(_ path: String, by reading: LabelReading) throws(Failure) {
    try self.init(File.content(path), name: Standard.inputName(path), by: reading)
  }

  /// - Parameter name: For messages.
  init(_ bytes: [UInt8], name path: String, by reading: LabelReading) throws(Failure) {
    self.path = path
    var notes: [String] = []
    var (hasOtherColors, hasGuessedColors) = (false, false)
    if let image = try Self.values(bytes, path, by: reading, &notes, &hasOtherColors) {
      self.image = image
      firstTransparent = nil
      isGray = (try? PNGColor(pngBytes: bytes)) != .palette
    } else {
      let snapped = try Self.snapped(bytes, path, by: reading, &notes, &hasGuessedColors)
      image = snapped.ids
      isGray = false
      firstTransparent = snapped.firstTransparent
    }
    self.notes = notes
    self.hasOtherColors = hasOtherColors
    self.hasGuessedColors = hasGuessedColors
  }

  private static let colorless =
    "the network's classes have no colours to read it by; give class ids as gray levels or palette indices, or make the model "
    + "with spade quantize --labels and a list with colours."

  /// The values of a map of ids; `nil` for a drawing.
  private static func values(
    _ bytes: [UInt8], _ path: String, by reading: LabelReading, _ notes: inout [String],
    _ hasOtherColors: inout Bool
  ) throws(Failure) -> IndexImage? {
    guard reading.colors == nil else { return nil }
    guard !Picture.isJPEG(bytes) else {
      guard reading.classPalette.entries.isEmpty else { return nil }
      throw Failure("\(path) is a JPEG and \(Self.colorless)")
    }
    do {
      let image = try IndexImage(pngBytes: bytes)
      if try IndexImage.isBlackAndWhite(pngBytes: bytes), reading.relabelling == nil,
        reading.input.labelCount > 2
      {
        notes.append(
          "note: \(path) is black and white and is read as ids, 0 \(reading.name(of: 0)) and 1 \(reading.name(of: 1)); --relabel, gray "
            + "levels or a drawing name other classes.")
      }
      guard try PNGColor(pngBytes: bytes) == .palette, !reading.classPalette.entries.isEmpty else {
        return image
      }
      // A person's own colours stand behind all indices, as none of them is an id's.
      var colors = reading.classes.prefix(min(reading.input.labelCount, 256)).map { $0.color }
      colors += Array(repeating: nil, count: 256 - colors.count)
      for own in reading.relabelling?.colors ?? [] { colors.append(own.color) }
      switch try Drawing(pngBytes: bytes).meaning(of: image, colors: colors) {
      case .ids: return image
      case .otherColors:
        hasOtherColors = true
        if reading.relabelling?.mapsIds != true {
          notes.append(
            "note: the palette of \(path) has other colours than the classes; it is read by its ids; --palette model reads colours."
          )
        }
        return image
      case .colors:
        notes.append(
          "note: the palette of \(path) has the classes' colours, but not in their order, so it is read by its colours."
        )
        return nil
      }
    } catch {
      guard case .notSingleChannel(let color) = error else { throw Failure(path, bytes, error) }
      guard reading.classPalette.entries.isEmpty else { return nil }
      throw Failure("\(path) is \(color.name) and \(Self.colorless)")
    }
  }

  /// A drawing's ids, with a note where colours had to be guessed.
  private static func snapped(
    _ bytes: [UInt8], _ path: String, by reading: LabelReading, _ notes: inout [String],
    _ hasGuessedColors: inout Bool
  ) throws(Failure) -> SnappedDrawing {
    let drawing: Drawing
    do {
      drawing = try Picture.isJPEG(bytes) ? Drawing(Picture(jpegBytes: bytes)) : Drawing(pngBytes: bytes)
    } catch {
      throw Failure(path, bytes, error)
    }
    let isGauGAN = reading.colors == .gaugan
    let palette = isGauGAN ? Palette(redBytesOf: drawing) : reading.classPalette
    guard !palette.entries.isEmpty else {
      throw Failure(
        "\(path) is no drawing of the GauGAN web demo, because it is not made of areas of one colour; give one that is."
      )
    }
    let snapped = SnappedDrawing(drawing, palette: palette, unknownId: LabelReading.unknownValue)
    guard snapped.isDrawing else {
      throw noDrawing(snapped, drawing, path, isGauGAN: isGauGAN, by: reading)
    }
    let guessed = isGauGAN ? [] : Array(Self.shares(snapped, of: drawing).prefix(4))
    hasGuessedColors = !guessed.isEmpty
    notes += Self.notes(
      of: snapped, drawing, path, isGauGAN: isGauGAN, guessed: guessed,
      profile: ColorProfile(ofPicture: bytes),
      by: reading)
    return snapped
  }

  /// What is said of a picture whose colours are not the palette's: that it is a drawing in others, with the command that names them, where a few
  /// make half of it, and otherwise that it is a photo.
  private static func noDrawing(
    _ snapped: SnappedDrawing, _ drawing: Drawing, _ path: String, isGauGAN: Bool, by reading: LabelReading
  ) -> Failure {
    let count = "\(snapped.strangeCount.grouped) of \(drawing.pixelCount.grouped) pixels"
    guard !isGauGAN else {
      return Failure(
        "\(path) is no drawing in flat colours: \(count) are near none of them; give a label map, or a drawing in these colours."
      )
    }
    let shares = shares(snapped, of: drawing)
    let isPhoto = shares.reduce(0) { $0 + $1.percent } < 50
    if let advice = reading.advice {
      let kind = isPhoto ? "a photo, or drawn" : "drawn"
      return Failure(
        "\(path) is \(kind) in other colours than the classes': \(count) are near none of them; \(advice)")
    }
    guard isPhoto else {
      let lines = shares.map { "'\($0.color.hexadecimal) \(reading.name(of: $0.id))'" }
      return Failure(
        "\(path) is drawn in other colours than the classes': \(count) are near none of them; --relabel colors.txt names them, a file that "
          + "printf '%s\\n' \(lines.joined(separator: " ")) > colors.txt begins: each has its nearest class, mend those that are another."
      )
    }
    return Failure(
      "\(path) is a photo, or drawn in other colours than the classes': \(count) are near none of them; "
        + (reading.input.styleCount > 0 ? "a photo is a style, --style \(path.quotedForShell), and " : "")
        + "the command classes lists the colours of maps.")
  }
}
