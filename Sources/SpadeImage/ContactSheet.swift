/// Where pictures of one size lie on a sheet: row by row, with thin white gaps between and around them.
public struct ContactSheet: Equatable, Sendable {
  /// Of one picture, in pixels.
  public let width: Int
  public let height: Int
  public let count: Int
  public let columnCount: Int

  /// - Parameters:
  ///   - count: Positive.
  ///   - columnCount: Positive; otherwise the fewest that make the sheet at least as wide as high, or up to half as many more where these fill
  ///     every row.
  public init(width: Int, height: Int, count: Int, columnCount: Int? = nil) {
    precondition(count > 0 && columnCount ?? 1 > 0)
    self.width = width
    self.height = height
    self.count = count
    var fewest = 1
    while fewest < count && fewest * width < (count + fewest - 1) / fewest * height { fewest += 1 }
    let full = (fewest...fewest + fewest / 2).first { count % $0 == 0 }
    self.columnCount = min(columnCount ?? full ?? fewest, count)
  }

  public var rowCount: Int { (count + columnCount - 1) / columnCount }

  /// Between pictures and around them, in pixels.
  public var gap: Int { max(2, min(width, height) / 64) }

  public var sheetWidth: Int { columnCount * (width + gap) + gap }
  public var sheetHeight: Int { rowCount * (height + gap) + gap }

  /// Whether a PNG of the sheet is within `PNGLimits`.
  public var isAllowed: Bool {
    sheetWidth <= PNGLimits.side && sheetHeight <= PNGLimits.side
      && sheetWidth * sheetHeight <= PNGLimits.pixelCount
  }

  /// RGB8 of the sheet without pictures.
  public var blank: [UInt8] { [UInt8](repeating: 255, count: sheetWidth * sheetHeight * 3) }

  /// Puts a picture in its place.
  /// - Parameters:
  ///   - picture: RGB8, `width × height`.
  ///   - index: In `0..<count`.
  ///   - sheet: RGB8 of the sheet.
  public func place(_ picture: [UInt8], at index: Int, on sheet: inout [UInt8]) {
    precondition(picture.count == width * height * 3 && (0..<count).contains(index))
    let left = gap + index % columnCount * (width + gap)
    let top = gap + index / columnCount * (height + gap)
    for row in 0..<height {
      let start = ((top + row) * sheetWidth + left) * 3
      let source = row * width * 3
      sheet.replaceSubrange(start..<start + width * 3, with: picture[source..<source + width * 3])
    }
  }
}
