import FoundationEssentials

/// The checksum of zip entries: CRC-32 with the reflected polynomial 0xEDB88320 (ISO 3309).
enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value >> 1 ^ (value & 1 == 0 ? 0 : 0xEDB8_8320) }
  }

  /// - Parameter range: Within `bytes`, which start at index 0.
  static func checksum(_ bytes: Data, in range: Range<Int>) -> UInt32 {
    bytes.withUnsafeBytes { file in
      table.withUnsafeBufferPointer { table in
        var value: UInt32 = 0xFFFF_FFFF
        for byte in file[range] { value = table[Int((value ^ UInt32(byte)) & 0xFF)] ^ value >> 8 }
        return ~value
      }
    }
  }
}
