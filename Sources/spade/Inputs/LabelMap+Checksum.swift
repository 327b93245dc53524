import SpadeInput
import SpadeModel
import SpadeTools

extension LabelMap {
  /// XXH64 of the ids, `u16[height][width]`, little-endian, at the network's size and with its ids; in hexadecimal. Borders do not count.
  var checksum: String {
    ids.map(\.littleEndian).withUnsafeBytes { Checksum.of($0) }.hexadecimal
  }
}
