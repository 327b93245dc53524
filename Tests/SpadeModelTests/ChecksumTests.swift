import SpadeModel
import Testing

/// Expected values from the xxHash project's own C library, through Python's `xxhash` 4.1.0:
/// `xxhash.xxh64(bytes((i * 37 + 11) & 255 for i in range(count))).intdigest()`.
private let known: [(count: Int, checksum: UInt64)] = [
  (0, 0xef46_db37_51d8_e999), (1, 0xf592_c0c7_639c_4cb6), (3, 0x22c0_8528_601d_4f27),
  (4, 0xfb1e_5cf2_f1ae_4d95), (7, 0x5613_ac51_0496_c04e), (8, 0x57cb_2b75_21f3_e21a),
  (31, 0xe4a0_e629_e519_a4ae), (32, 0xcc6b_8aaa_da79_0b2d), (33, 0x35ec_4985_0475_a832),
  (63, 0xbf9f_0ba3_cf95_b28a), (64, 0x155c_cce4_bf32_befc), (100, 0x4826_e367_566e_a023),
  (255, 0x178e_a4a7_d231_9abe), (1000, 0x128d_a10c_fbdc_59d9),
]

@Suite struct ChecksumTests {
  @Test(arguments: known) func sameAsTheLibrary(count: Int, checksum: UInt64) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
    #expect(bytes.withUnsafeBytes { Checksum.of($0) } == checksum)
  }

  /// Words are read from any address.
  @Test func alignmentDoesNotMatter() {
    let bytes = (0..<200).map { UInt8(truncatingIfNeeded: $0 * 37 + 11) }
    for start in 1..<9 {
      let moved = [UInt8](repeating: 0, count: start) + bytes
      let checksum = moved.withUnsafeBytes { Checksum.of(UnsafeRawBufferPointer(rebasing: $0[start...])) }
      #expect(checksum == bytes.withUnsafeBytes { Checksum.of($0) })
    }
  }

  @Test func noMemoryIsNoBytes() {
    #expect(Checksum.of(UnsafeRawBufferPointer(start: nil, count: 0)) == 0xef46_db37_51d8_e999)
  }
}
