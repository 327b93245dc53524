import SpadeImage
import Testing

@testable import SpadeTools

@Suite struct BlendTests {
  @Test func weightsFollowTheLastColon() throws {
    let blend = try StyleBlend("a.png:0.3,c:/b.z:2,x:.5")
    #expect(blend.parts.map(\.path) == ["a.png", "c:/b.z", "x"])
    #expect(blend.parts.map(\.weight) == [0.3, 2, 0.5])
  }

  @Test(arguments: [
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

  @Test func theCommandBlendsWhatItsStylesHold() throws {
    try withTemporaryFolder { folder in
      let first: [Float] = [0, 1, -1, 2, 0.5, -2, 0, 1]
      let second: [Float] = [1, -1, 1, 0, 0.5, 2, -1, 0]
      try save(SavedStyle(first).bytes, folder + "/a:b.z")
      try save(SavedStyle(second).bytes, folder + "/c.z")
      // A quarter of the first and three quarters of the second.
      try NPYArray(shape: [8], values: [0.75, -0.5, 0.5, 0.5, 0.5, 1, -0.75, 0.25]).write(
        npy: folder + "/z.npy")
      let arguments = try [
        "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "-o",
      ]
      let blend = try Command(
        arguments + [folder + "/p.png", "--blend", "\(folder)/a:b.z:0.5,\(folder)/c.z:1.5"])
      #expect(blend.status == 0 && blend.errors == "", "\(blend.errors)")
      #expect(try Command(arguments + [folder + "/q.png", "--z", folder + "/z.npy"]).status == 0)
      #expect(try load(folder + "/p.png") == load(folder + "/q.png"))
    }
  }

  @Test(arguments: [["--blend", "a.png"], ["--blend", "a.png:0"], ["--blend", "a:1", "--seed", "1"]])
  func aWrongBlendIsWrongUsage(options: [String]) throws {
    let command = try Command(["synthesize", "m", "l", "-o", "p.png"] + options)
    #expect(command.status == 2 && command.output == "" && command.errors.contains("Usage:"))
  }
}
