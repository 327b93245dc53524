import SpadeImage
import SpadeTestSupport
import Testing

@testable import SpadeTools

@Suite struct BlendTests {
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
