import CSpadeHTTP
import CSpadeSystem

/// This computer in its network.
enum Machine {
  /// Without a domain; empty where it has none.
  static let name: String = {
    var bytes = [CChar](repeating: 0, count: 256)
    spade_http_host_name(&bytes, bytes.count)
    let name = bytes.withUnsafeBufferPointer { buffer in buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    return String(name.prefix { $0 != "." })
  }()

  /// IPv4, without loopback.
  static var addresses: [String] {
    var found: [String] = []
    var text = [CChar](repeating: 0, count: 16)
    while found.count < 8, spade_http_address(found.count, &text) {
      found.append(
        text.withUnsafeBufferPointer { buffer in buffer.baseAddress.map { String(cString: $0) } ?? "" })
    }
    return found
  }
}
