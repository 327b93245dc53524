import SpadeImage
import SpadeTestSupport
import Testing

@Suite struct StyleTests {
  private func paint(_ folder: String, _ options: String...) throws -> (picture: [UInt8]?, command: Command) {
    let command = try Command(
      [
        "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "-o", folder + "/p.png",
      ] + options)
    return (command.status == 0 ? try load(folder + "/p.png") : nil, command)
  }

  @Test func aMissingStyleIsSeedZeroAndItSaysSo() throws {
    try withTemporaryFolder { folder in
      let (silent, command) = try paint(folder)
      #expect(command.errorLines.count == 1 && command.errors.contains("seed 0"))
      let (zero, said) = try paint(folder, "--seed", "0")
      #expect(said.errors == "")
      #expect(silent != nil && silent == zero)
      #expect(try paint(folder, "--seed", "1").picture != zero)
    }
  }

  /// The int8 encoder's style is nearly the float encoder's, and the pictures are nearly the same.
  @Test func aPhotoGivesTheMeanOfItsDistribution() throws {
    try withTemporaryFolder { folder in
      try Workshop.writePhoto(folder + "/photo.png")
      let (_, command) = try paint(folder, "--style", folder + "/photo.png")
      #expect(command.status == 0, "\(command.errors)")
      let fromPhoto = try Picture(png: folder + "/p.png")

      let reference = try Command(
        "reference", Workshop.path("style"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "--style", folder + "/photo.png", "--style-output",
        folder + "/style.npy", "-o", folder + "/r.png")
      #expect(reference.status == 0, "\(reference.errors)")
      let distribution = try NPYArray(npy: folder + "/style.npy")
      #expect(distribution.shape == [2, 8])
      try NPYArray(shape: [8], values: Array(distribution.values.prefix(8))).write(npy: folder + "/z.npy")
      #expect(try paint(folder, "--z", folder + "/z.npy").command.status == 0)
      let fromMean = try Picture(png: folder + "/p.png")
      #expect(try paint(folder, "--seed", "9").command.status == 0)
      let another = try Picture(png: folder + "/p.png")
      func meanSquare(_ other: Picture) -> Double {
        var sum = 0.0
        for (one, two) in zip(fromPhoto.bytes, other.bytes) {
          let difference = Double(one) - Double(two)
          sum += difference * difference
        }
        return sum / Double(fromPhoto.bytes.count)
      }
      #expect(
        meanSquare(fromMean) < 10 && meanSquare(another) > 100,
        "\(meanSquare(fromMean)), \(meanSquare(another))")
    }
  }

  @Test func aPhotosPictureIsTheSameWithEverySetAndThreadCount() throws {
    try withTemporaryFolder { folder in
      try Workshop.writePhoto(folder + "/photo.png")
      var pictures: Set<[UInt8]> = []
      for isa in try Command.instructionSets(for: Workshop.path("style.spade")) {
        for threads in ["1", "4"] {
          let (picture, command) = try paint(
            folder, "--style", folder + "/photo.png", "--isa", isa, "--threads", threads)
          pictures.insert(try #require(picture, "\(command.errors)"))
        }
      }
      #expect(pictures.count == 1)
    }
  }

  @Test func aPhotoForAModelWithoutEncoderIsRefused() throws {
    try withTemporaryFolder { folder in
      var model = ModelFile(try load(Workshop.path("style.spade")))
      model.configuration.encoderChannelUnit = 0
      model.resize(.encoder, to: 0)
      model.seal()
      try save(model.bytes, folder + "/m.spade")
      try Workshop.writePhoto(folder + "/photo.png")
      let command = try Command(
        "synthesize", folder + "/m.spade", Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"), "--style", folder + "/photo.png", "-o", folder + "/p.png")
      #expect(command.status == 1 && command.errorLines.count == 1)
      #expect(command.errors.contains("m.spade has no style encoder"))
      #expect(try contents(of: folder) == ["m.spade", "photo.png"])
    }
  }

  @Test func stylesOfTheWrongShapeOrValueAreRefused() throws {
    try withTemporaryFolder { folder in
      try NPYArray(shape: [7], values: [Float](repeating: 0, count: 7)).write(npy: folder + "/short.npy")
      try NPYArray(shape: [8], values: [Float](repeating: .nan, count: 8)).write(npy: folder + "/nan.npy")
      for (name, words) in [("short", "shape [7]"), ("nan", "not finite")] {
        let (_, command) = try paint(folder, "--z", "\(folder)/\(name).npy")
        #expect(command.status == 1 && command.errorLines.count == 1 && command.errors.contains(words))
      }
      #expect(try contents(of: folder) == ["nan.npy", "short.npy"])
    }
  }

  @Test func aStyleForANetworkWithoutOneIsRefused() throws {
    try withTemporaryFolder { folder in
      let command = try Command(
        "synthesize", Workshop.path("plain.spade"), Workshop.path("plain/labels/map01.png"), "--seed", "1",
        "-o",
        folder + "/p.png")
      #expect(command.status == 1 && command.errors.contains("has no style input"))
      #expect(try contents(of: folder) == [])
    }
  }

  @Test func twoStylesAreWrongUsage() throws {
    try withTemporaryFolder { folder in
      let (_, command) = try paint(folder, "--seed", "1", "--z", "z.npy")
      #expect(command.status == 2 && command.errors.contains("--seed and --z"))
    }
  }
}
