/// An animated PNG (APNG, part of PNG 3) from still ones: the first frame is what other readers show.
public struct AnimatedPNG {
  private let width: Int
  private let height: Int
  private let frameCount: Int
  private let framesPerSecond: Int
  private var sequence = 0

  private static let signatureByteCount = 8
  private static let headerByteCount = 25

  /// - Parameters:
  ///   - width: Of every frame, in pixels.
  ///   - frameCount: All that will be added.
  ///   - framesPerSecond: `1...65_535`.
  public init(width: Int, height: Int, frameCount: Int, framesPerSecond: Int) {
    self.width = width
    self.height = height
    self.frameCount = frameCount
    self.framesPerSecond = framesPerSecond
  }

  /// What the file has next.
  /// - Parameter png: `Picture.pngBytes()` of a frame.
  public mutating func add(_ png: [UInt8]) -> [UInt8] {
    let isFirst = sequence == 0
    var bytes: [UInt8] = []
    if isFirst {
      bytes += png[..<(Self.signatureByteCount + Self.headerByteCount)]
      // The frames, and that they are repeated for ever.
      bytes += Self.chunk("acTL", Self.words([frameCount, 0]))
    }
    let delay = [UInt8(0), 1, UInt8(framesPerSecond >> 8), UInt8(framesPerSecond & 255)]
    bytes += Self.chunk("fcTL", Self.words([nextSequence(), width, height, 0, 0]) + delay + [0, 0])
    for data in Self.imageData(png) {
      bytes += isFirst ? Self.chunk("IDAT", data) : Self.chunk("fdAT", Self.words([nextSequence()]) + data)
    }
    return bytes
  }

  /// What the file ends with.
  public static var end: [UInt8] { chunk("IEND", []) }

  private mutating func nextSequence() -> Int {
    sequence += 1
    return sequence - 1
  }

  private static func words(_ values: [Int]) -> [UInt8] {
    values.flatMap { value in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return words([content.count]) + body + words([Int(crc32(body))])
  }

  /// The contents of the IDAT chunks.
  private static func imageData(_ png: [UInt8]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var at = signatureByteCount
    while at + 12 <= png.count {
      let count = png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
      if png[(at + 4)..<(at + 8)].elementsEqual("IDAT".utf8) {
        result.append(Array(png[(at + 8)..<(at + 8 + count)]))
      }
      at += 12 + count
    }
    return result
  }

  /// As PNG has it: of the polynomial of Ethernet, bits reversed.
  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes { crc = crcTable[Int((crc ^ UInt32(byte)) & 255)] ^ crc >> 8 }
    return ~crc
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    var value = UInt32(index)
    for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    return value
  }
}
