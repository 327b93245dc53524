import CSpadeHTTP
import CSpadeSystem
import SpadeRuntime
import SpadeTools

/// What `studio` does in both programs: sets everything up, says where the page is, and serves.
package enum StudioSession {
  package static let standardPort: UInt16 = 7860
  /// Of the pictures that `--keep` keeps.
  package static let standardKeptCount = 200
  package static let keptCounts = 1...100_000

  /// - Parameters:
  ///   - named: The path or the name of the model; where nobody said, `ModelList` knows which is meant, and a note says so.
  ///   - isOnLAN: Whether other machines may open the page.
  ///   - token: What requests have to show.
  ///   - keepFolder: Where pictures go that people save or keep on the page; nowhere if not given.
  ///   - keptCount: How many of them stay.
  package static func run(
    model named: String?, port: UInt16?, isOnLAN: Bool, token: String?, keepFolder: String?, keptCount: Int?,
    kernels: KernelSet, threadCount: Int
  ) throws(Failure) {
    let path: String
    if let named {
      path = try ModelList.path(of: named)
    } else {
      let paths = ModelList.paths()
      path = try ModelList.only(of: paths)
      Standard.error(ModelList.note(of: path, among: paths))
    }
    // A copy: the server runs for days, and somebody may write into the file meanwhile.
    let file = try ModelFile(path: path, isCopied: true)
    let painter = try Painter(file, kernels: kernels, threadCount: threadCount)
    var kept: KeptPictures?
    if let keepFolder { kept = try KeptPictures(folder: keepFolder, most: keptCount ?? standardKeptCount) }
    let studio = try Studio(
      painter, doorkeeper: Doorkeeper(hostName: Machine.name, token: token), kept: kept)
    let wanted = port ?? standardPort
    var error: Int32 = 0
    let socket = spade_http_listen(wanted, isOnLAN, &error)
    guard socket >= 0 else {
      let reason = spade_file_reason(error).map { String(cString: $0) } ?? "system error \(error)"
      throw Failure("Port \(wanted) cannot be used (\(reason)); give another with --port.")
    }
    announce(port: spade_http_port(socket), isOnLAN: isOnLAN, token: token)
    if let keepFolder {
      Standard.output(
        "What people save or keep also goes into \(keepFolder), the newest \((keptCount ?? standardKeptCount).grouped) of it."
      )
    }
    Standard.output("Ctrl+C ends it.\(isOnLAN ? "" : " --lan lets other machines open it.")")
    try studio.serve(socket)
    Standard.error("The studio has ended.")
  }

  /// What of an address names the token: every byte but the unreserved ones (RFC 3986, section 2.3) as `%` and two digits, since a
  /// plus sign is a space there.
  static func query(ofToken token: String) -> String {
    var text = "?token="
    for byte in token.utf8 {
      if isLetterOrDigit(byte) || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += (digits.utf8.count < 2 ? "%0" : "%") + digits
      }
    }
    return text
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// What is wrong with a token that a person chose, in a sentence: it has to fit in an address.
  package static func fault(ofToken token: String?) -> String? {
    guard let token else { return nil }
    let isPlain = token.utf8.allSatisfy { byte in
      isLetterOrDigit(byte)
        || [0x2B, 0x2D, 0x2E, 0x2F, 0x3D, 0x5F, 0x7E].contains(byte)
    }
    guard (8...64).contains(token.utf8.count), isPlain else {
      return "--token takes 8 to 64 letters, digits and -._~+/=."
    }
    return nil
  }

  /// What is wrong with the options that keep pictures, in a sentence.
  package static func fault(ofKeeping folder: String?, count: Int?) -> String? {
    guard let count else { return nil }
    guard folder != nil else {
      return "--keep-most says how many pictures --keep keeps; give a folder with --keep."
    }
    guard keptCounts.contains(count) else {
      return "--keep-most is \(count); give 1 to \(keptCounts.upperBound)."
    }
    return nil
  }

  private static func announce(port: UInt16, isOnLAN: Bool, token: String?) {
    let query = token.map { Self.query(ofToken: $0) } ?? ""
    func address(_ host: String) -> String { "http://\(host):\(port)/\(query)" }
    guard isOnLAN else {
      return Standard.output("The studio is at \(address("127.0.0.1"))")
    }
    let addresses = Machine.addresses
    // Names want a service that answers for them, so they come last.
    let hosts = addresses + (Machine.name.isEmpty ? [] : [Machine.name + ".local"])
    for (index, host) in hosts.enumerated() {
      Standard.output((index == 0 ? "The studio is at " : "              or ") + address(host))
    }
    if let first = addresses.first {
      Standard.output(
        QRCode(address(first))?.drawing(isColored: Standard.isOutputColored)
          ?? "A token of so many signs has no QR code: +, / and = take three letters each in an address.")
    }
    if token == nil { Standard.output("Everybody on this network can paint; --token keeps others out.") }
  }
}

extension QRCode {
  /// For a terminal: two rows of modules a line, with the margin of four that readers want.
  /// - Parameter isColored: Dark on light whatever the terminal's colours are, by escape sequences; or else in blocks alone, of the light
  ///   modules, as it has to be where signs are light on dark.
  func drawing(isColored: Bool) -> String {
    let margin = 4
    func isBlock(_ row: Int, _ column: Int) -> Bool {
      let isDark = (0..<side).contains(row) && (0..<side).contains(column) && self[row, column]
      // Below the last row of the margin nothing is drawn.
      return isDark == isColored && row < side + margin
    }
    var lines: [String] = []
    var row = -margin
    while row < side + margin {
      var line = isColored ? "\u{1B}[30;107m" : ""
      for column in -margin..<side + margin {
        switch (isBlock(row, column), isBlock(row + 1, column)) {
        case (true, true): line += "█"
        case (true, false): line += "▀"
        case (false, true): line += "▄"
        case (false, false): line += " "
        }
      }
      lines.append(isColored ? line + "\u{1B}[0m" : line)
      row += 2
    }
    return lines.joined(separator: "\n")
  }
}
