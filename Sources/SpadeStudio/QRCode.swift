/// A QR code (ISO/IEC 18004) of a short text: byte mode, versions 1 to 6, error correction level M.
///
/// Ours because the terminal of a board has to show one and no library comes as a static archive.
struct QRCode {
  /// Modules of a side.
  let side: Int
  /// `[side][side]`, row by row: whether a module is dark.
  private(set) var modules: [Bool]
  /// Modules that patterns and format take.
  private var isReserved: [Bool]

  /// What a version holds: its blocks, and the codewords of one block for data and for error correction.
  private struct Version {
    let blocks: Int
    let data: Int
    let correction: Int
  }

  private static let versions = [
    Version(blocks: 1, data: 16, correction: 10), Version(blocks: 1, data: 28, correction: 16),
    Version(blocks: 1, data: 44, correction: 26), Version(blocks: 2, data: 32, correction: 18),
    Version(blocks: 2, data: 43, correction: 24), Version(blocks: 4, data: 27, correction: 16),
  ]

  /// Bytes of text at most.
  static let byteLimit = 4 * 27 - 2

  /// - Returns: `nil` for a text over `byteLimit`.
  init?(_ text: String) {
    let bytes = [UInt8](text.utf8)
    guard let number = Self.versions.firstIndex(where: { $0.blocks * $0.data - 2 >= bytes.count }) else {
      return nil
    }
    side = 21 + 4 * number
    modules = [Bool](repeating: false, count: side * side)
    isReserved = modules
    drawPatterns(alignment: number == 0 ? nil : side - 7)
    drawCodewords(Self.codewords(bytes, Self.versions[number]))
    chooseMask()
  }

  /// Of the eight masks the one with the least penalty, as the standard says.
  private mutating func chooseMask() {
    var best = (mask: 0, penalty: Int.max)
    for mask in 0..<8 {
      var code = self
      code.apply(mask)
      let penalty = code.penalty
      if penalty < best.penalty { best = (mask, penalty) }
    }
    apply(best.mask)
  }

  subscript(row: Int, column: Int) -> Bool { modules[row * side + column] }

  // MARK: Codewords

  /// Mode and length, the text, padding; split into blocks with their error correction, interleaved.
  private static func codewords(_ text: [UInt8], _ version: Version) -> [UInt8] {
    let capacity = version.blocks * version.data
    var data: [UInt8] = []
    // Four bits of mode shift everything by half a byte.
    var carry: UInt8 = 0x4
    for byte in [UInt8(text.count)] + text {
      data.append(carry << 4 | byte >> 4)
      carry = byte & 0xF
    }
    data.append(carry << 4)
    var isFirst = true
    while data.count < capacity {
      data.append(isFirst ? 0xEC : 0x11)
      isFirst.toggle()
    }
    let blocks = (0..<version.blocks).map { Array(data[$0 * version.data..<($0 + 1) * version.data]) }
    let corrections = blocks.map { ReedSolomon.remainder(of: $0, count: version.correction) }
    let interleaved = (0..<version.data).flatMap { index in blocks.map { $0[index] } }
    return interleaved + (0..<version.correction).flatMap { index in corrections.map { $0[index] } }
  }

  // MARK: Drawing

  private mutating func set(_ row: Int, _ column: Int, _ isDark: Bool) {
    modules[row * side + column] = isDark
    isReserved[row * side + column] = true
  }

  private mutating func drawPatterns(alignment: Int?) {
    for index in 0..<side {
      set(6, index, index % 2 == 0)
      set(index, 6, index % 2 == 0)
    }
    for (row, column) in [(3, 3), (3, side - 4), (side - 4, 3)] { drawFinder(row, column) }
    if let alignment {
      for dy in -2...2 {
        for dx in -2...2 { set(alignment + dy, alignment + dx, max(abs(dx), abs(dy)) != 1) }
      }
    }
    drawFormat(mask: 0)
  }

  private mutating func drawFinder(_ row: Int, _ column: Int) {
    for dy in -4...4 {
      for dx in -4...4 {
        let (y, x) = (row + dy, column + dx)
        guard y >= 0, y < side, x >= 0, x < side else { continue }
        let ring = max(abs(dx), abs(dy))
        set(y, x, ring != 2 && ring != 4)
      }
    }
  }

  /// Level M and the mask, with their error correction, twice.
  private mutating func drawFormat(mask: Int) {
    let data = 0 << 3 | mask
    var remainder = data
    for _ in 0..<10 { remainder = remainder << 1 ^ (remainder >> 9) * 0x537 }
    let bits = (data << 10 | remainder) ^ 0x5412
    func bit(_ index: Int) -> Bool { bits >> index & 1 != 0 }
    for index in 0..<6 { set(index, 8, bit(index)) }
    set(7, 8, bit(6))
    set(8, 8, bit(7))
    set(8, 7, bit(8))
    for index in 9..<15 { set(8, 14 - index, bit(index)) }
    for index in 0..<8 { set(8, side - 1 - index, bit(index)) }
    for index in 8..<15 { set(side - 15 + index, 8, bit(index)) }
    set(side - 8, 8, true)
  }

  /// Bits go up and down in columns of two, from the right.
  private mutating func drawCodewords(_ codewords: [UInt8]) {
    var index = 0
    var right = side - 1
    while right >= 1 {
      if right == 6 { right = 5 }
      let isUpward = (right + 1) & 2 == 0
      for step in 0..<side {
        let row = isUpward ? side - 1 - step : step
        for column in [right, right - 1] where !isReserved[row * side + column] && index < codewords.count * 8
        {
          modules[row * side + column] = codewords[index >> 3] >> UInt8(7 - index & 7) & 1 != 0
          index += 1
        }
      }
      right -= 2
    }
  }

  private mutating func apply(_ mask: Int) {
    for row in 0..<side {
      for column in 0..<side where !isReserved[row * side + column] && Self.inverts(mask, row, column) {
        modules[row * side + column].toggle()
      }
    }
    drawFormat(mask: mask)
  }

  private static func inverts(_ mask: Int, _ y: Int, _ x: Int) -> Bool {
    switch mask {
    case 0: (y + x) % 2 == 0
    case 1: y % 2 == 0
    case 2: x % 3 == 0
    case 3: (y + x) % 3 == 0
    case 4: (y / 2 + x / 3) % 2 == 0
    case 5: y * x % 2 + y * x % 3 == 0
    case 6: (y * x % 2 + y * x % 3) % 2 == 0
    default: ((y + x) % 2 + y * x % 3) % 2 == 0
    }
  }

  // MARK: Penalty

  private var penalty: Int {
    var sum = 0
    for index in 0..<side {
      sum += Self.linePenalty((0..<side).map { self[index, $0] })
      sum += Self.linePenalty((0..<side).map { self[$0, index] })
    }
    for row in 0..<side - 1 {
      for column in 0..<side - 1 {
        let isDark = self[row, column]
        if isDark == self[row, column + 1], isDark == self[row + 1, column],
          isDark == self[row + 1, column + 1]
        {
          sum += 3
        }
      }
    }
    let dark = modules.reduce(0) { $0 + ($1 ? 1 : 0) }
    return sum + 10 * (abs(20 * dark - 10 * side * side) / (side * side))
  }

  /// Runs of five and more, and what looks like a finder.
  private static func linePenalty(_ line: [Bool]) -> Int {
    var sum = 0
    var run = 1
    for index in 1...line.count {
      if index < line.count, line[index] == line[index - 1] {
        run += 1
      } else {
        if run >= 5 { sum += run - 2 }
        run = 1
      }
    }
    let finder = [true, false, true, true, true, false, true]
    let light = [Bool](repeating: false, count: 4)
    for start in 0..<max(0, line.count - 10) {
      let part = Array(line[start..<start + 11])
      if part == finder + light || part == light + finder { sum += 40 }
    }
    return sum
  }
}

/// Error correction over GF(2⁸) with the polynomial x⁸ + x⁴ + x³ + x² + 1.
private enum ReedSolomon {
  static func multiply(_ a: UInt8, _ b: UInt8) -> UInt8 {
    var product: UInt8 = 0
    for bit in stride(from: 7, through: 0, by: -1) {
      product = product << 1 ^ (product >> 7) &* 0x1D
      product ^= (b >> UInt8(bit) & 1) &* a
    }
    return product
  }

  /// The coefficients of ∏ (x − 2ⁱ) for i below `count`, without the leading 1.
  static func generator(_ count: Int) -> [UInt8] {
    var coefficients = [UInt8](repeating: 0, count: count)
    coefficients[count - 1] = 1
    var root: UInt8 = 1
    for _ in 0..<count {
      for index in 0..<count {
        coefficients[index] = multiply(coefficients[index], root)
        if index + 1 < count { coefficients[index] ^= coefficients[index + 1] }
      }
      root = multiply(root, 2)
    }
    return coefficients
  }

  static func remainder(of data: [UInt8], count: Int) -> [UInt8] {
    let generator = generator(count)
    var remainder = [UInt8](repeating: 0, count: count)
    for byte in data {
      let factor = byte ^ remainder.removeFirst()
      remainder.append(0)
      for index in 0..<count { remainder[index] ^= multiply(generator[index], factor) }
    }
    return remainder
  }
}
