/// Who may ask for what: keeps out pages of other sites that a browser on this network has open, and those without the token.
struct Doorkeeper {
  /// This machine's name, without a domain; may be empty.
  let hostName: String
  /// What requests to the API have to show, if anything.
  let token: String?

  /// Throws unless the request comes from somebody who addresses this server by a name of its own. A site that lets its name point here
  /// (DNS rebinding) is stopped by its Host, a form or script of another site by its Origin.
  func check(_ exchange: Exchange) throws(Refusal) {
    guard let host = exchange.header("Host"), isOurs(Self.withoutPort(host)) else {
      throw Refusal(
        403,
        "This server does not answer to that name; use its IP address, localhost, or \(hostName.isEmpty ? "its name" : hostName)."
      )
    }
    if exchange.isPost {
      if let origin = exchange.header("Origin"), origin != "http://\(host)" {
        throw Refusal(403, "Requests from pages of other sites are refused; use the page of this server.")
      }
      if let site = exchange.header("Sec-Fetch-Site"), site != "same-origin", site != "none" {
        throw Refusal(403, "Requests from pages of other sites are refused; use the page of this server.")
      }
    }
    if exchange.path.hasPrefix("/api/") || exchange.path == "/metrics" { try checkToken(exchange) }
  }

  private func checkToken(_ exchange: Exchange) throws(Refusal) {
    guard let token else { return }
    let header = exchange.header("Authorization")
    let prefix = "Bearer "
    let shown =
      header.flatMap { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : nil } ?? exchange.query[
        "token"] ?? ""
    guard Self.isEqual([UInt8](shown.utf8), [UInt8](token.utf8)) else {
      throw Refusal(401, "This server wants its token; open the address that it printed.")
    }
  }

  /// In a time that does not tell how much of it is right.
  private static func isEqual(_ shown: [UInt8], _ token: [UInt8]) -> Bool {
    var difference = shown.count ^ token.count
    for index in token.indices {
      difference |= Int((index < shown.count ? shown[index] : 0) ^ token[index])
    }
    return difference == 0
  }

  private func isOurs(_ host: String) -> Bool {
    let name = host.lowercased()
    let own = hostName.lowercased()
    if name == "localhost" || (!own.isEmpty && (name == own || name == own + ".local")) { return true }
    return Self.isIPv4(name) || Self.isIPv6(name)
  }

  /// `host:port` or `[address]:port` or either without port.
  static func withoutPort(_ host: String) -> String {
    if host.hasPrefix("[") { return host.firstIndex(of: "]").map { String(host[...$0]) } ?? "" }
    return host.firstIndex(of: ":").map { String(host[..<$0]) } ?? host
  }

  /// Four numbers of at most 255.
  static func isIPv4(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy { (0x30...0x39).contains($0) }
          && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
      }
  }

  /// Hexadecimal digits, colons and points in brackets: no name has these.
  static func isIPv6(_ text: String) -> Bool {
    guard text.hasPrefix("["), text.hasSuffix("]"), text.utf8.contains(UInt8(ascii: ":")) else {
      return false
    }
    return text.dropFirst().dropLast().utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) || byte == UInt8(ascii: ":")
        || byte == UInt8(ascii: ".")
    }
  }
}
