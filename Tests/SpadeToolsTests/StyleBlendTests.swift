import Testing

@testable import SpadeTools

@Suite struct StyleBlendTests {
  @Test func weightsFollowTheLastColon() throws {
    let blend = try StyleBlend("a.png:0.3,c:/b.z:2,x:.5")
    #expect(
      blend.parts.map(\.source) == [.file(path: "a.png"), .file(path: "c:/b.z"), .file(path: "x")])
    #expect(blend.parts.map(\.weight) == [0.3, 2, 0.5])
  }

  /// As in lists of styles; a file of such a name has a folder before it.
  @Test func seedsAreStylesToo() throws {
    let blend = try StyleBlend("seed:7:0.3,./seed:7:0.7,seed:18446744073709551615:1")
    #expect(blend.parts.map(\.source) == [.seed(7), .file(path: "./seed:7"), .seed(.max)])
    #expect(blend.parts.map(\.weight) == [0.3, 0.7, 1])
    #expect(StyleSource.blend(blend).paths == ["./seed:7"])
  }

  @Test(arguments: [
    ("seed:7", "no weight for seed:7"), ("seed:7,seed:8:1", "no weight for seed:7"),
    ("seed:x:1", "has seed:x;"),
    ("seed:1-3:1", "has seed:1-3;"), ("seed::1", "has seed:;"),
    ("a.png", "no weight for a.png"), ("a.png:1,b.png", "no weight for b.png"), ("", "an empty name"),
    ("a:1,", "an empty name"), (":1", "no weight for :1"), ("a:", "weight  for a"), ("a:x", "weight x for a"),
    ("a:0", "weight 0 for a"), ("a:-1", "weight -1"), ("a:0.0", "weight 0.0"), ("a:1e3", "weight 1e3"),
    ("a:1.2.3", "weight 1.2.3"), ("a:.", "weight . for"), ("a:inf", "weight inf"),
    ("a:1234567890123456", "weight 1234567890123456"),
  ])
  func aMissingOrBadWeightIsNamed(text: String, words: String) {
    do {
      _ = try StyleBlend(text)
      Issue.record("accepted")
    } catch { #expect(error.sentence.contains(words), "\(error.sentence)") }
  }

  /// 1 : 3 is a quarter and three quarters.
  @Test func theMeanIsWeighted() throws {
    #expect(try StyleBlend("a:1,b:3").mean(of: [[0, 1, -8], [4, 1, 8]]) == [3, 1, 4])
    #expect(try StyleBlend("a:0.5").mean(of: [[0.1, -7]]) == [0.1, -7])
  }
}
