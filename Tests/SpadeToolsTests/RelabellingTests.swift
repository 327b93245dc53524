import SpadeImage
import Testing

@testable import SpadeTools

@Suite struct RelabellingTests {
  private let classes = ["sky", "still water", "grass", "rock", "rock"].map {
    NetworkClass(name: $0, color: nil)
  }
  private let knowing = NetworkInput(
    width: 2, height: 2, labelCount: 6, unknownLabel: 5, hasEdges: false, styleCount: 0)

  private func read(_ text: String, for input: NetworkInput, _ classes: [NetworkClass]) throws -> Relabelling
  {
    try Relabelling(text: Array(text.utf8), path: "map.txt", classes: classes, for: input)
  }

  /// The sentence that refuses `text`.
  private func refusal(_ text: String, named: Bool = true) -> String? {
    do {
      _ = try read(text, for: knowing, named ? classes : [])
      return nil
    } catch { return (error as? Failure)?.sentence }
  }

  @Test func idsNamesAndComments() throws {
    let text = "# COCO-Stuff\r\n156 sky\r\n\n  177\tstill   water # rivers too\n105 #nothing\n"
    #expect(refusal(text)?.contains("line 5") == true)
    let map = try read(
      text.replacing("105 #nothing", with: "105 2\n11 255\n65535 5\n156 0"), for: knowing, classes)
    #expect(map[156] == 0 && map[177] == 1 && map[105] == 2 && map[11] == 5 && map[65535] == 5)
    #expect(map[0] == nil && map[155] == nil && map[178] == nil)
  }

  /// Colours of drawings; a word of six other letters behind # begins a comment.
  @Test func coloursOfDrawings() throws {
    let map = try read("#3355FF sky\n#0000ab 4 # rock\n#sunset\n# 1\n#3355ff 0", for: knowing, classes)
    let blue = Color(red: 0x33, green: 0x55, blue: 0xFF)
    #expect(map.colors.map(\.id) == [0, 4, 0] && map.colors[0].color == blue && !map.mapsIds)
    #expect(try read("#3355FF sky\n1 2", for: knowing, classes).mapsIds)
  }

  @Test(arguments: [
    ("#3355ff zebra", "line 1, names the class zebra"), ("#3355ff 6", "line 1, maps to id 6"),
    ("#3355ff 1\n#3355ff 2", "line 2, maps #3355ff a second time"), ("#3355ff", "line 1, is no mapping"),
    ("#33f sky", "maps nothing"),
    ("sky 1", "line 1, is no mapping"), ("\n7", "line 2, is no mapping"),
    ("70000 1", "line 1, is no mapping"),
    ("-1 1", "is no mapping"), ("1 6", "maps to id 6"), ("1 Skies", "names the class Skies"),
    ("1 gras", "(did you mean grass?); the command classes lists them"),
    ("1 zebra", "name; the command classes"),
    ("1 rock", "two of that name"), ("1 2\n1 3", "line 2, maps id 1 a second time"),
    ("# only words", "maps nothing"),
    ("", "maps nothing"),
  ])
  func badLinesAreNamed(text: String, words: String) throws {
    let sentence = try #require(refusal(text))
    #expect(sentence.hasPrefix("map.txt") && sentence.contains(words), "\(sentence)")
  }

  @Test func namesNeedNames() { #expect(refusal("1 sky", named: false)?.contains("have no names") == true) }

  @Test func unknownIsNoTargetForANetworkWithoutIt() {
    let input = NetworkInput(
      width: 2, height: 2, labelCount: 5, unknownLabel: nil, hasEdges: false, styleCount: 0)
    #expect(throws: Failure.self) { try read("1 255", for: input, classes) }
  }
}
