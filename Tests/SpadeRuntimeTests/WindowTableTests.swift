import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeTestSupport
import Testing

@testable import SpadeRuntime

/// Numbered windows against a dictionary of arrays.
@Suite struct WindowTableTests {
  enum Pattern: String, CaseIterable, Sendable {
    case flat, blocks, lines, noise, distinct

    func symbol(_ y: Int, _ x: Int, _ random: inout SplitMix64) -> UInt16 {
      switch self {
      case .flat: 6
      case .blocks: UInt16((y / 5 * 3 + x / 7) % 11)
      case .lines: x == 4 || y == 7 || x == y ? 1 : 0
      case .noise: UInt16.random(in: 0..<3, using: &random)
      case .distinct: UInt16(y * 64 + x)
      }
    }
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var pattern: Pattern
    var width: Int
    var height: Int
    var kernelSize: Int
    /// Symbols from one column of the plane to the next.
    var stride = 1
    var rows: Range<Int>
    var capacity = 4000
    var testDescription: String {
      "\(pattern) \(width)x\(height) k\(kernelSize) stride \(stride) rows \(rows) capacity \(capacity)"
    }
  }

  static let cases: [Case] = Pattern.allCases.flatMap { pattern in
    [1, 3, 5].flatMap { kernelSize in
      [
        Case(pattern: pattern, width: 37, height: 29, kernelSize: kernelSize, rows: 0..<29),
        Case(pattern: pattern, width: 16, height: 12, kernelSize: kernelSize, stride: 4, rows: 0..<12),
        Case(pattern: pattern, width: 23, height: 31, kernelSize: kernelSize, rows: 9..<20),
        Case(pattern: pattern, width: 1, height: 9, kernelSize: kernelSize, rows: 0..<9),
        Case(pattern: pattern, width: 9, height: 1, kernelSize: kernelSize, rows: 0..<1),
        Case(pattern: pattern, width: 2, height: 2, kernelSize: kernelSize, rows: 0..<2),
      ]
    }
  }

  @Test(arguments: cases) func sameAsADictionary(_ testCase: Case) {
    let plane = Plane(testCase)
    let expected = plane.windows()
    let table = NumberedWindows(plane, capacity: testCase.capacity)
    #expect(table.count == expected.count)
    // Compared outside, so that a failure does not print them.
    let isSame = table.numbers == expected.numbers && table.positions == expected.positions
    #expect(isSame)
  }

  /// As many windows as there is room for are numbered; with one place less the row that has the last is refused.
  @Test(arguments: cases) func overflowIsNoticed(_ testCase: Case) {
    let plane = Plane(testCase)
    let count = plane.windows().count ?? 0
    #expect(NumberedWindows(plane, capacity: count).count == count)
    if count > 1 { #expect(NumberedWindows(plane, capacity: count - 1).count == nil) }
  }

  /// The planes's symbols and a plain way to number its windows.
  private struct Plane {
    let testCase: Case
    var symbols: [UInt16]

    init(_ testCase: Case) {
      self.testCase = testCase
      var random = SplitMix64(seed: 5)
      // What lies between the columns and rows that are read must not matter.
      symbols = (0..<(testCase.width * testCase.height * testCase.stride * testCase.stride)).map { _ in
        UInt16.random(in: 0..<1000, using: &random)
      }
      for y in 0..<testCase.height {
        for x in 0..<testCase.width {
          symbols[y * rowStride + x * testCase.stride] = testCase.pattern.symbol(y, x, &random)
        }
      }
    }

    var rowStride: Int { testCase.width * testCase.stride * testCase.stride }

    func windows() -> (numbers: [UInt16], positions: [PixelPosition], count: Int?) {
      var known: [[UInt16]: Int] = [:]
      var numbers: [UInt16] = []
      var positions: [PixelPosition] = []
      let radius = testCase.kernelSize / 2
      for y in testCase.rows {
        for x in 0..<testCase.width {
          var window: [UInt16] = []
          for row in (y - radius)...(y + radius) {
            for column in (x - radius)...(x + radius) {
              let isInside =
                row >= 0 && row < testCase.height && column >= 0 && column < testCase.width
              window.append(isInside ? symbols[row * rowStride + column * testCase.stride] : 0xFFFF)
            }
          }
          let next = known.count
          let number = known[window, default: next]
          if number == next {
            known[window] = next
            positions.append(PixelPosition(y: y, x: x))
          }
          numbers.append(UInt16(number))
        }
      }
      return (numbers, positions, known.count)
    }
  }

  /// What the runtime's table makes of a plane.
  private struct NumberedWindows {
    var numbers: [UInt16] = []
    var positions: [PixelPosition] = []
    var count: Int?

    init(_ plane: Plane, capacity: Int) {
      let testCase = plane.testCase
      var all = [UInt16](repeating: 0xABCD, count: testCase.width * testCase.height)
      let canary = PixelPosition(y: 0xABCD, x: 0xEF01)
      // One more than there is room for, as a canary.
      var found = [PixelPosition](repeating: canary, count: capacity + 1)
      let slotCount = LevelLayout(width: 1, height: 1, innerCapacity: capacity, outerCapacity: 1)
        .innerSlotCount
      var slots = [UInt16](repeating: 0, count: slotCount)
      var count: Int? = 0
      plane.symbols.withUnsafeBufferPointer { symbols in
        all.withUnsafeMutableBufferPointer { all in
          found.withUnsafeMutableBufferPointer { found in
            slots.withUnsafeMutableBufferPointer { slots in
              let table = WindowTable(
                symbols: symbols.baseAddress!, rowStride: plane.rowStride, columnStride: testCase.stride,
                width: testCase.width, height: testCase.height, kernelSize: testCase.kernelSize,
                numbers: all.baseAddress!, positions: found.baseAddress!, slots: slots.baseAddress!,
                slotCount: slotCount, capacity: capacity)
              table.clear()
              for row in testCase.rows {
                guard let known = count else { break }
                count = table.number(row: row, count: known)
              }
            }
          }
        }
      }
      self.count = count
      guard let count, found[capacity] == canary else { return }
      numbers = [UInt16](
        all[(testCase.rows.lowerBound * testCase.width)..<(testCase.rows.upperBound * testCase.width)])
      positions = [PixelPosition](found[..<count])
    }
  }
}
