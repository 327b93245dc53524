import SpadeImage

extension LabelReading {
  /// A drawing's ids, with a note where colours had to be guessed.
  /// - Parameter bytes: A PNG.
  func snapped(_ bytes: [UInt8], _ path: String) throws(Failure) -> SnappedDrawing {
    let drawing: Drawing
    do { drawing = try Drawing(pngBytes: bytes) } catch { throw Failure(path, error) }
    let isGauGAN = colors == .gaugan
    let palette = isGauGAN ? Palette(redBytesOf: drawing) : classPalette
    guard !palette.entries.isEmpty else {
      throw Failure(
        "\(path) is no drawing of the GauGAN web demo, because it is not made of areas of one colour; give one that is."
      )
    }
    let snapped = SnappedDrawing(drawing, palette: palette, unknownId: Self.unknownValue)
    guard snapped.strangeCount * 2 <= drawing.pixelCount else {
      throw Failure(
        "\(path) is no drawing in \(isGauGAN ? "flat colours" : "the colours of the network's classes"): "
          + "\(snapped.strangeCount.grouped) of \(drawing.pixelCount.grouped) pixels are near none of them; give a "
          + "label map, or a drawing in these colours.")
    }
    if snapped.unsureCount > 0 {
      Standard.error(
        "note: \(snapped.unsureCount.grouped) of \(drawing.pixelCount.grouped) pixels of \(path) are not exactly of "
          + "\(isGauGAN ? "an area's" : "a class's") colour and took the nearest.")
    }
    return snapped
  }
}
