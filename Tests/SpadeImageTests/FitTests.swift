import SpadeImage
import Testing

/// Maps of other shapes than the network's: which part is seen, and where it is in the picture.
@Suite struct FitTests {
  @Test(arguments: [
    (Fit.stretch, 800, 450, PixelArea(width: 800, height: 450)),
    (.crop, 800, 450, PixelArea(x: 175, width: 450, height: 450)),
    (.crop, 450, 800, PixelArea(y: 175, width: 450, height: 450)),
    (.pad, 800, 450, PixelArea(y: -175, width: 800, height: 800)),
    (.pad, 450, 800, PixelArea(x: -175, width: 800, height: 800)),
    (.pad, 300, 300, PixelArea(width: 300, height: 300)),
    (.crop, 1, 100, PixelArea(y: 49, width: 1, height: 1)),
  ])
  func windowsForASquareNetwork(fit: Fit, width: Int, height: Int, window: PixelArea) {
    #expect(fit.window(width: width, height: height, targetWidth: 256, targetHeight: 256) == window)
  }

  @Test func windowsForAWideNetwork() {
    #expect(
      Fit.crop.window(width: 100, height: 100, targetWidth: 512, targetHeight: 256)
        == PixelArea(y: 25, width: 100, height: 50))
    #expect(
      Fit.pad.window(width: 100, height: 100, targetWidth: 512, targetHeight: 256)
        == PixelArea(x: -50, width: 200, height: 100))
  }

  @Test func onlyOtherShapesDiffer() {
    #expect(!Fit.differs(width: 512, height: 512, targetWidth: 256, targetHeight: 256))
    #expect(!Fit.differs(width: 100, height: 99, targetWidth: 256, targetHeight: 256))
    #expect(Fit.differs(width: 800, height: 450, targetWidth: 256, targetHeight: 256))
  }

  /// Two rows of four in a square of four: the rows lie in the middle, and reach up and down.
  @Test func paddingRepeatsTheBorder() throws {
    let map = try IndexImage(width: 4, height: 2, values: [1, 2, 3, 4, 5, 6, 7, 8])
    let window = Fit.pad.window(width: 4, height: 2, targetWidth: 4, targetHeight: 4)
    let padded = map.resized(window, width: 4, height: 4)
    #expect(padded.values == [1, 2, 3, 4, 1, 2, 3, 4, 5, 6, 7, 8, 5, 6, 7, 8])
    let content = map.content(of: window, width: 4, height: 4)
    #expect(content == PixelArea(y: 1, width: 4, height: 2))
    let picture = try Picture(width: 4, height: 4, bytes: (0..<48).map { UInt8($0) })
    let cropped = try picture.cropped(to: content)
    #expect(cropped.width == 4 && cropped.height == 2 && cropped.bytes == (12..<36).map { UInt8($0) })
  }

  /// A drawing of another shape, read with its border repeated, saved without what was added, and read again.
  @Test(arguments: [
    (800, 450), (450, 800), (1920, 1080), (1000, 565), (1000, 569), (300, 211), (64, 39), (512, 100),
    (2000, 1333),
  ])
  func aSavedPartIsReadAsTheSameMap(width: Int, height: Int) throws {
    let values: [UInt16] = (0..<width * height).map { place in
      let (column, row) = (7 * (place % width) / width, 11 * (place / width) / height)
      return UInt16(column + 8 * row)
    }
    let drawing = try IndexImage(width: width, height: height, values: values)
    for (wide, high) in [(256, 256), (512, 256)] {
      let window = Fit.pad.window(width: width, height: height, targetWidth: wide, targetHeight: high)
      let map = drawing.resized(window, width: wide, height: high)
      let saved = map.cropped(to: drawing.content(of: window, width: wide, height: high))
      let again = Fit.pad.window(
        width: saved.width, height: saved.height, targetWidth: wide, targetHeight: high)
      let opened = saved.resized(again, width: wide, height: high)
      // A comparison of whole maps would print them.
      let isSame = opened == map
      // Half a pixel of a smaller drawing is more than one of the network's, and may lie above it or below.
      #expect(isSame || width < wide, "\(saved.width)x\(saved.height)")
      let isKept = opened.cropped(to: saved.content(of: again, width: wide, height: high)) == saved
      #expect(isKept, "\(saved.width)x\(saved.height)")
    }
  }

  @Test func croppingTakesTheMiddle() throws {
    let map = try IndexImage(width: 4, height: 2, values: [1, 2, 3, 4, 5, 6, 7, 8])
    let window = Fit.crop.window(width: 4, height: 2, targetWidth: 2, targetHeight: 2)
    #expect(map.resized(window, width: 2, height: 2).values == [2, 3, 6, 7])
    #expect(map.content(of: window, width: 2, height: 2) == PixelArea(width: 2, height: 2))
  }

  @Test func stretchingIsThePlainResize() throws {
    let map = try IndexImage(width: 5, height: 3, values: (0..<15).map { UInt16($0) })
    let window = Fit.stretch.window(width: 5, height: 3, targetWidth: 8, targetHeight: 8)
    #expect(map.resized(window, width: 8, height: 8) == map.resized(width: 8, height: 8))
  }
}
