import Testing

@testable import SpadeImage

@Suite struct ContactSheetTests {
  @Test(arguments: [
    (64, 64, 12, 4), (64, 32, 12, 3), (32, 64, 12, 6), (64, 64, 1, 1), (64, 64, 5, 3), (64, 64, 9, 3),
    (64, 64, 8, 4), (64, 64, 10, 5), (64, 64, 7, 3), (64, 64, 2, 2), (64, 64, 30, 6),
  ])
  func asFewColumnsAsMakeItAtLeastAsWideAsHighOrSomeMoreThatFillTheRows(
    _ width: Int, _ height: Int, _ count: Int, _ columnCount: Int
  ) {
    #expect(ContactSheet(width: width, height: height, count: count).columnCount == columnCount)
  }

  @Test func theColumnsGivenAreTakenUpToTheCount() {
    let sheet = ContactSheet(width: 128, height: 256, count: 5, columnCount: 2)
    #expect(sheet.columnCount == 2 && sheet.rowCount == 3 && sheet.gap == 2)
    #expect(sheet.sheetWidth == 2 + 128 + 2 + 128 + 2 && sheet.sheetHeight == 4 * 2 + 3 * 256)
    #expect(ContactSheet(width: 256, height: 256, count: 2, columnCount: 9).columnCount == 2)
    #expect(ContactSheet(width: 256, height: 256, count: 2).gap == 4)
  }

  @Test func picturesLieRowByRowWithWhiteBetween() {
    let sheet = ContactSheet(width: 1, height: 1, count: 3, columnCount: 2)
    var pixels = sheet.blank
    for (index, level) in [10, 20, 30].enumerated() {
      sheet.place([UInt8](repeating: UInt8(level), count: 3), at: index, on: &pixels)
    }
    #expect(sheet.sheetWidth == 8 && sheet.sheetHeight == 8)
    var expected = [UInt8](repeating: 255, count: 8 * 8 * 3)
    for (x, y, level) in [(2, 2, 10), (5, 2, 20), (2, 5, 30)] {
      for channel in 0..<3 { expected[(y * 8 + x) * 3 + channel] = UInt8(level) }
    }
    #expect(pixels == expected)
  }

  @Test func aSheetBeyondTheLimitsIsNotAllowed() {
    #expect(ContactSheet(width: 256, height: 256, count: 12).isAllowed)
    #expect(!ContactSheet(width: 4096, height: 4096, count: 12).isAllowed)
    #expect(!ContactSheet(width: 256, height: 256, count: 100, columnCount: 100).isAllowed)
  }
}
