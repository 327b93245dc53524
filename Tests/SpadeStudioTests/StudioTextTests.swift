import SpadeTools
import Testing

@testable import SpadeStudio

@Suite struct StudioTextTests {
  @Test func queriesAreDecoded() {
    let query = Query("seed=7&style=a%2Fb&name=x+y&empty=&plain&bad=%zz&cut=%4")
    #expect(query["seed"] == "7" && query["style"] == "a/b" && query["name"] == "x y")
    #expect(query["empty"] == "" && query["plain"] == "" && query["missing"] == nil)
    #expect(query["bad"] == "%zz" && query["cut"] == "%4")
  }

  /// The vectors of RFC 4648, section 10, without padding, and the two letters that are its own.
  @Test(
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
      ("foobar", "Zm9vYmFy"),
    ]) func base64OfTheStandard(plain: String, encoded: String)
  {
    #expect(Base64URL.encode([UInt8](plain.utf8)) == encoded)
    #expect(Base64URL.decode(encoded) == [UInt8](plain.utf8))
  }

  @Test func base64WithLettersForAddresses() {
    #expect(Base64URL.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
    #expect(Base64URL.decode("-_-_") == [0xFB, 0xFF, 0xBF])
    #expect(Base64URL.decode("+/") == nil && Base64URL.decode("Zg==") == nil)
  }

  @Test func jsonIsEscaped() {
    let value = JSONValue.object([
      ("a\"b", .text("c\\d\n\u{1}é")), ("list", .array([.number(-3), .null, .boolean(true)])),
      ("none", .object([])),
    ])
    #expect(value.text == #"{"a\"b":"c\\d\u000a\u0001é","list":[-3,null,true],"none":{}}"#)
  }

  @Test(arguments: ["127.0.0.1", "0.0.0.0", "255.255.255.255"]) func addresses(text: String) {
    #expect(Doorkeeper.isIPv4(text))
  }

  @Test(arguments: [
    "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.x", "1..2.3", "1.2.3.0004", "127.0.0.1.evil",
  ]) func names(
    text: String
  ) {
    #expect(!Doorkeeper.isIPv4(text))
  }

  @Test func portsAreLeftOut() {
    #expect(
      Doorkeeper.withoutPort("pi.local:7860") == "pi.local"
        && Doorkeeper.withoutPort("pi.local") == "pi.local")
    #expect(Doorkeeper.withoutPort("[::1]:7860") == "[::1]" && Doorkeeper.withoutPort("[::1") == "")
  }

  @Test func tokensFitInAddresses() {
    #expect(StudioSession.fault(ofToken: nil) == nil && StudioSession.fault(ofToken: "Aa0-._~+/=") == nil)
    #expect(
      StudioSession.fault(ofToken: "short") != nil && StudioSession.fault(ofToken: "with a space") != nil)
    #expect(StudioSession.fault(ofToken: String(repeating: "x", count: 65)) != nil)
  }

  /// Every sign that a token may have comes back from the address as it was.
  @Test func tokensComeBackFromAddresses() {
    let token = "Az09-._~+/="
    let text = StudioSession.query(ofToken: token)
    #expect(text == "?token=Az09-._~%2B%2F%3D")
    #expect(Query(String(text.dropFirst()))["token"] == token)
    #expect(StudioSession.query(ofToken: "\u{1}é") == "?token=%01%C3%A9")
  }

  /// The largest token of letters in the longest address has a code.
  @Test func codesHoldAddresses() throws {
    let address = "http://255.255.255.255:65535/?token=" + String(repeating: "x", count: 64)
    let code = try #require(QRCode(address))
    #expect(code.side == 41)
    #expect(QRCode(String(repeating: "x", count: QRCode.byteLimit + 1)) == nil)
    // A finder's rings from the corner: dark, light, dark.
    let edge = (0..<7).map { code[0, $0] }
    let ring = (0..<7).map { code[1, $0] }
    #expect(edge.allSatisfy { $0 })
    #expect(ring == [true, false, false, false, false, false, true])
  }

  /// With colours and without a code is the same modules: blocks are the dark ones, or, for light signs on dark, the light ones.
  @Test func codesAreDrawnWithColoursAndWithout() throws {
    let code = try #require(QRCode("http://10.0.0.2:7860/"))
    let colored = code.drawing(isColored: true).split(separator: "\n")
    let plain = code.drawing(isColored: false).split(separator: "\n")
    #expect(colored.allSatisfy { $0.hasPrefix("\u{1B}[30;107m") && $0.hasSuffix("\u{1B}[0m") })
    let halves: [Character: (upper: Bool, lower: Bool)] = [
      "█": (true, true), "▀": (true, false), "▄": (false, true), " ": (false, false),
    ]
    #expect(plain.count == (code.side + 9) / 2 && colored.count == plain.count)
    for (line, (colored, plain)) in zip(colored, plain).enumerated() {
      let dark = colored.dropFirst("\u{1B}[30;107m".count).dropLast("\u{1B}[0m".count)
      #expect(plain.count == code.side + 8 && dark.count == plain.count)
      for (column, (dark, light)) in zip(dark, plain).enumerated() {
        let (dark, light) = try (#require(halves[dark]), #require(halves[light]))
        let row = 2 * line - 4
        #expect(dark.upper != light.upper, "row \(row), column \(column - 4)")
        // The last line's lower half is below the code's margin.
        #expect(row + 1 < code.side + 4 ? dark.lower != light.lower : !dark.lower && !light.lower)
      }
    }
  }

  /// Names come before saved styles, which have other letters: `AAAA` could be base64url.
  @Test func stylesAreNamed() throws {
    let styles = [("dusk", [1, 2]), ("AAAA", [3, 4]), ("Dusk", [5, 6])].map {
      Shipped.Style(name: $0, bytes: SavedStyle($1).bytes)
    }
    let saved = Base64URL.encode(SavedStyle([7, 8]).bytes)
    for (query, values) in [
      ("style=dusk", [1, 2]), ("style=DUSK", [1, 2]), ("style=Dusk", [5, 6]), ("style=AAAA", [3, 4]),
      ("style=\(saved)", [7, 8]), ("style=dusk&blend=aaaa&weight=0.5", [2, 3]),
    ] as [(String, [Float])] {
      #expect(try PaintRequest.style(Query(query), count: 2, styles) == values, "\(query)")
    }
  }

  /// What is neither a name nor, as base64url may or may not be, a saved style.
  @Test(arguments: ["style=nigt", "style=dus", "style=night.png", "blend=AAAA", "style="])
  func namesOfNoStyleAreToldWhichThereAre(query: String) throws {
    for names in [["dusk", "night"], []] {
      let styles = names.map { Shipped.Style(name: $0, bytes: SavedStyle([1, 2]).bytes) }
      do throws(Refusal) {
        _ = try PaintRequest.style(Query(query), count: 2, styles)
        Issue.record("\(query) is taken for a style")
      } catch {
        #expect(error.status == 400 && error.sentence.hasSuffix("; a saved style is sent in base64url."))
        #expect(error.sentence.contains("no style beside the model"))
        #expect(error.sentence.contains("; those are dusk and night;") == !names.isEmpty)
        let meant = ["style=dus": "dusk", "style=nigt": "night"][query].map { "(did you mean \($0)?)" }
        if let meant { #expect(error.sentence.contains(meant) == !names.isEmpty, "\(error.sentence)") }
      }
    }
  }
}
