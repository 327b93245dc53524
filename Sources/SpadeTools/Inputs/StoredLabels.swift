import SpadeFiles
import SpadeImage
import SpadePixels

/// A label map file's values: those it holds, or those its colours stand for.
struct StoredLabels {
  let path: String
  let image: IndexImage
  /// The first transparent pixel, row by row, whose value says unknown.
  let firstTransparent: Int?
  /// Whether it is read by its ids, though its palette has colours of its own.
  let hasOtherColors: Bool
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
    var hasOtherColors = false
    if let image = try Self.values(bytes, path, by: reading, &notes, &hasOtherColors) {
      self.image = image
      firstTransparent = nil
    } else {
      let snapped = try Self.snapped(bytes, path, by: reading, &notes)
      image = snapped.ids
      firstTransparent = snapped.firstTransparent
    }
    self.notes = notes
    self.hasOtherColors = hasOtherColors
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
    _ bytes: [UInt8], _ path: String, by reading: LabelReading, _ notes: inout [String]
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
      let shares = Self.shares(snapped, of: drawing)
      let found = shares.map { "\($0.color.hexadecimal) \($0.percent) %" }
      let examples = found.isEmpty ? "" : " (\(found.joined(separator: ", ")))"
      throw Failure(
        "\(path) is no drawing in \(isGauGAN ? "flat colours" : "the colours of the network's classes"): "
          + "\(snapped.strangeCount.grouped) of \(drawing.pixelCount.grouped) pixels are near none of them\(examples); "
          + (isGauGAN
            ? "give a label map, or a drawing in these colours."
            : "give a label map, draw in \(reading.colorList), or name the colours in a file for --relabel, with lines such as "
              + "\(shares.first?.color.hexadecimal ?? "#3355ff") \(reading.name(of: 0)); the studio asks for them.")
      )
    }
    if snapped.strangeCount > 0 {
      let isOne = snapped.strangeCount == 1
      let taken = isGauGAN ? nil : Self.taken(snapped, of: drawing, by: reading)
      notes.append(
        "note: \(snapped.strangeCount.grouped) of \(drawing.pixelCount.grouped) pixels of \(path) \(isOne ? "is" : "are") near no "
          + "\(isGauGAN ? "area's" : "class's") colour and took the nearest around \(isOne ? "it" : "them")\(taken ?? ".")"
      )
    }
    if snapped.blendCount > 0 {
      let isOne = snapped.blendCount == 1
      let lost = snapped.blendedIds.map { reading.name(of: $0) }
      notes.append(
        "note: \(snapped.blendCount.grouped) pixel\(isOne ? "" : "s") of soft edges in \(path) \(isOne ? "has" : "have") a colour near that "
          + "of a class on neither side and took the nearer side"
          + (lost.isEmpty ? "" : " (\(lost.listed) appear\(lost.count == 1 ? "s" : "") only in such edges)")
          + "; a pencil or hard brush leaves none.")
    }
    let guessed = Self.shares(snapped, of: drawing)
    if !isGauGAN, !guessed.isEmpty {
      let list = guessed.map {
        "\($0.color.hexadecimal), \($0.percent) % of the pixels, read as \(reading.name(of: $0.id))"
      }
      notes.append(
        "note: \(list.joined(separator: "; ")); the colours to draw in are \(reading.colorList).")
    }
    return snapped
  }

  /// Which classes strange pixels became, as the end of a sentence, where they are at least a hundredth of the pixels: of those the
  /// commonest.
  private static func taken(
    _ snapped: SnappedDrawing, of drawing: Drawing, by reading: LabelReading
  ) -> String? {
    guard snapped.strangeCount * 100 >= drawing.pixelCount else { return nil }
    var shares = snapped.strangeIds.prefix(3).map { (reading.name(of: $0.id), $0.count) }
    shares.append(("others", snapped.strangeIds.dropFirst(3).reduce(0) { $0 + $1.count }))
    let shown = shares.map { ($0, $1.percent(of: snapped.strangeCount)) }.filter { $1 > 0 }
    let hint =
      snapped.strangeCount * 3 > drawing.pixelCount
      ? "; that is \(snapped.strangeCount.percent(of: drawing.pixelCount)) % of the drawing: --relabel names colours, and --save-map shows "
        + "what was read" : ""
    return ": \(shown.map { "\($0) \($1) %" }.listed)\(hint)."
  }

  /// Strange colours of at least a hundredth of the pixels.
  private static func shares(_ snapped: SnappedDrawing, of drawing: Drawing) -> [(
    color: Color, percent: Int, id: UInt16
  )] {
    snapped.strangeColors.map { entry in
      (entry.color, entry.count.percent(of: drawing.pixelCount), entry.id)
    }.filter { $0.1 >= 1 }
  }
}

extension Int {
  /// Rounded.
  fileprivate func percent(of whole: Int) -> Int { (100 * self + whole / 2) / whole }
}
