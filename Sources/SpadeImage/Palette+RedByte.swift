import SpadePixels

extension Palette {
  /// The most flat colours that a drawing may have.
  private static let colorLimit = 256

  /// The palette of a drawing whose colours hold their id in the red byte: its *flat* colours, which fill a square of 3 × 3
  /// pixels somewhere. A smoothed edge has other red bytes, but fills no square.
  ///
  /// Empty where the drawing has no flat colour, or more than 256.
  public init(redBytesOf drawing: Drawing) {
    var colors: [Color] = []
    let width = drawing.width
    for y in 0..<max(drawing.height - 2, 0) {
      for x in 0..<max(width - 2, 0) {
        let corner = y * width + x
        let color = drawing.color(corner)
        guard color != colors.last, drawing.isFlat(corner), !colors.contains(color) else { continue }
        colors.append(color)
        guard colors.count <= Self.colorLimit else {
          self.init([])
          return
        }
      }
    }
    self.init(colors.map { Entry(id: UInt16($0.red), color: $0) })
  }
}

extension Drawing {
  /// Whether the nine pixels to the right of and below `corner`, itself included, are opaque and of one colour.
  fileprivate func isFlat(_ corner: Int) -> Bool {
    let color = color(corner)
    for row in 0..<3 {
      for column in 0..<3 {
        let index = corner + row * width + column
        guard self.color(index) == color, alpha(index) == 255 else { return false }
      }
    }
    return true
  }
}
