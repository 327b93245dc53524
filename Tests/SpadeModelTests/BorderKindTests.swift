import SpadeModel
import Testing

/// How borders cut kernels, against every pixel of small grids.
@Suite struct BorderKindTests {
  @Test(arguments: [1, 3, 5, 7]) func aKindHoldsTheTapsInside(kernelSize: Int) {
    let radius = kernelSize / 2
    for (width, height) in [(1, 1), (2, 5), (3, 3), (8, 1), (7, 8)] {
      for pixel in 0..<width * height {
        let (y, x) = (pixel / width, pixel % width)
        let kind = BorderKind(y: y, x: x, width: width, height: height, kernelSize: kernelSize)
        for tap in 0..<kernelSize * kernelSize {
          let (row, column) = (y + tap / kernelSize - radius, x + tap % kernelSize - radius)
          let isInside = (0..<height).contains(row) && (0..<width).contains(column)
          #expect(kind.holds(tap: tap, kernelSize: kernelSize) == isInside)
        }
      }
    }
  }

  @Test(arguments: [1, 3, 5, 7]) func everyIndexIsAKind(kernelSize: Int) {
    let count = ModelFormat.borderKindCount(kernelSize: kernelSize)
    #expect(count == [1: 1, 3: 16, 5: 81, 7: 256][kernelSize])
    for index in 0..<count {
      let kind = BorderKind(index, kernelSize: kernelSize)
      #expect(kind.index(kernelSize: kernelSize) == index)
      for part in [kind.top, kind.bottom, kind.left, kind.right] {
        #expect((0...kernelSize / 2).contains(part))
      }
    }
    // Far from every border nothing is cut.
    let inner = BorderKind(y: 9, x: 9, width: 19, height: 19, kernelSize: kernelSize)
    #expect(inner.index(kernelSize: kernelSize) == 0)
  }
}
