import SpadeImage
import SpadePixels

// What is said of drawings whose pixels had to be guessed: one sentence for each kind of guess. Guesses of less than a thousandth of the pixels
// are not worth one, as a person sees no such speck.

extension StoredLabels {
  /// - Parameters:
  ///   - isGauGAN: Whether it is read by its red bytes, and not by the classes' colours.
  ///   - guessed: Common colours that are near no class's, if it is read by these.
  ///   - profile: That the file has.
  static func notes(
    of snapped: SnappedDrawing, _ drawing: Drawing, _ path: String, isGauGAN: Bool, guessed: [GuessedColor],
    profile: ColorProfile?, by reading: LabelReading
  ) -> [String] {
    return [
      profileNote(profile, path), translucentNote(snapped, drawing, path),
      strangeNote(snapped, drawing, path, isGauGAN: isGauGAN, by: reading),
      blendNote(snapped, drawing, path, by: reading),
      isGauGAN ? nil : undrawnNote(snapped, drawing, path, except: guessed.map { $0.id }, by: reading),
      guessedNote(guessed, path, by: reading),
    ].compactMap { $0 }
  }

  private static func profileNote(_ profile: ColorProfile?, _ path: String) -> String? {
    guard let profile, !profile.isSRGB else { return nil }
    return
      "note: \(path) has the colour profile \(profile.name), which is not applied: its colours are read as the file's own numbers; if classes come "
      + "out wrong, convert it to sRGB before it is exported."
  }

  private static func translucentNote(_ snapped: SnappedDrawing, _ drawing: Drawing, _ path: String)
    -> String?
  {
    guard snapped.translucentCount > 0 else { return nil }
    let isOne = snapped.translucentCount == 1
    return
      "note: \(snapped.translucentCount.grouped) pixel\(isOne ? "" : "s") of \(path), "
      + "\(snapped.translucentCount.share(of: drawing.pixelCount)), \(isOne ? "is" : "are") half-transparent and read by "
      + "\(isOne ? "its own colour, as if it" : "their own colours, as if they") hid what is below; flatten the layers before the export to have "
      + "\(isOne ? "it" : "them") read as \(isOne ? "it looks" : "they look")."
  }

  private static func strangeNote(
    _ snapped: SnappedDrawing, _ drawing: Drawing, _ path: String, isGauGAN: Bool, by reading: LabelReading
  ) -> String? {
    guard isWorthSaying(snapped.strangeCount, of: drawing) else { return nil }
    let isOne = snapped.strangeCount == 1
    let taken = isGauGAN ? nil : taken(snapped, of: drawing, by: reading)
    return
      "note: \(snapped.strangeCount.grouped) of \(drawing.pixelCount.grouped) pixels of \(path) \(isOne ? "is" : "are") near no "
      + "\(isGauGAN ? "area's" : "class's") colour and took the nearest around \(isOne ? "it" : "them")\(taken ?? ".")"
  }

  private static func blendNote(
    _ snapped: SnappedDrawing, _ drawing: Drawing, _ path: String, by reading: LabelReading
  ) -> String? {
    guard isWorthSaying(snapped.blendCount, of: drawing) else { return nil }
    let isOne = snapped.blendCount == 1
    let lost = snapped.blendedIds.map { reading.name(of: $0) }
    return
      "note: \(snapped.blendCount.grouped) pixel\(isOne ? "" : "s") of soft edges in \(path) \(isOne ? "has" : "have") a colour near that "
      + "of a class on neither side and took the nearer side"
      + (lost.isEmpty ? "" : " (\(lost.listed) appear\(lost.count == 1 ? "s" : "") only in such edges)")
      + "; a pencil or hard brush leaves none."
  }

  /// Classes that the map has though nobody drew in their colours: the commonest three, and how many more.
  /// - Parameter told: Ids of which another note tells why.
  private static func undrawnNote(
    _ snapped: SnappedDrawing, _ drawing: Drawing, _ path: String, except told: [UInt16],
    by reading: LabelReading
  ) -> String? {
    let undrawn = snapped.undrawnIds.filter { !told.contains($0.id) && isWorthSaying($0.count, of: drawing) }
    guard !undrawn.isEmpty else { return nil }
    var names = undrawn.prefix(3).map {
      "\(reading.name(of: $0.id)), \($0.count.share(of: drawing.pixelCount)) of the map"
    }
    if undrawn.count > 3 { names.append("\(undrawn.count - 3) more classes") }
    let isOne = undrawn.count == 1
    return
      "note: \(names.joined(separator: "; ")): no pixel of \(path) has \(isOne ? "this class's colour" : "these classes' colours") exactly, so "
      + "\(isOne ? "it" : "they") may be what lies between others; --save-map shows where."
  }

  private static func isWorthSaying(_ count: Int, of drawing: Drawing) -> Bool {
    count > 0 && 1000 * count >= drawing.pixelCount
  }

  private static func guessedNote(_ guessed: [GuessedColor], _ path: String, by reading: LabelReading)
    -> String?
  {
    guard !guessed.isEmpty else { return nil }
    let list = guessed.map {
      "\($0.color.hexadecimal), \($0.percent) % of the pixels, read as \(reading.name(of: $0.id))"
    }
    return "note: colours of \(path) near no class's: \(list.joined(separator: "; "))."
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

  typealias GuessedColor = (color: Color, percent: Int, id: UInt16)

  /// Strange colours of at least a hundredth of the pixels.
  static func shares(_ snapped: SnappedDrawing, of drawing: Drawing) -> [GuessedColor] {
    snapped.strangeColors.map { entry in
      (entry.color, entry.count.percent(of: drawing.pixelCount), entry.id)
    }.filter { $0.1 >= 1 }
  }
}

extension Int {
  /// Rounded.
  fileprivate func percent(of whole: Int) -> Int { (100 * self + whole / 2) / whole }

  /// Rounded, in words.
  fileprivate func share(of whole: Int) -> String {
    percent(of: whole) < 1 ? "under 1 %" : "\(percent(of: whole)) %"
  }
}
