import SpadeFiles
import SpadeImage
import SpadeTestSupport
import Testing

@testable import SpadeTools

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("synth", "synthesize"), ("sythesize", "synthesize"), ("Studio", "studio"), ("style", "styles"),
    ("quantise", "quantize"), ("doc", "doctor"),
  ])
  func whatSomebodyMeant(word: String, name: String) {
    let names = ["quantize", "synthesize", "styles", "studio", "doctor", "inspect"]
    #expect(suggestion(for: word, of: names) == name)
  }

  @Test(arguments: ["paint", "x", ""]) func nothingLikeIt(word: String) {
    #expect(suggestion(for: word, of: ["quantize", "synthesize"]) == nil)
  }

  @Test func groupsOfDigits() {
    #expect(
      9455.36.grouped(2) == "9,455.36" && 12.5.grouped(1) == "12.5" && 1_234_567.0.grouped(0) == "1,234,567")
  }
}

/// Lists of styles, by hand.
@Suite struct StyleListTests {
  @Test func namesAndSeeds() throws {
    let list = try StyleList("moods/dusk.png,seed:7,seed:20-22,night.z")
    #expect(list.entries.map(\.name) == ["dusk", "seed-07", "seed-20", "seed-21", "seed-22", "night"])
    #expect(list.entries.map(\.text).prefix(2) == ["moods/dusk.png", "seed 7"])
    #expect(list.paths == ["moods/dusk.png", "night.z"])
  }

  /// Names of seeds sort as their numbers do, and no longer than they have to be.
  @Test func seedsHaveEquallyManyDigits() throws {
    #expect(try StyleList("seed:0-3").entries.map(\.name) == ["seed-0", "seed-1", "seed-2", "seed-3"])
    let names = try StyleList("seed:8-11,seed:1000").entries.map(\.name)
    #expect(
      names == ["seed-0008", "seed-0009", "seed-0010", "seed-0011", "seed-1000"] && names == names.sorted())
    let greatest = try StyleList("seed:0,seed:18446744073709551615").entries.map(\.name)
    #expect(greatest == ["seed-00000000000000000000", "seed-18446744073709551615"])
  }

  /// In the order of their names; of those that differ in their endings alone each has a name of its own.
  @Test func aFolderStandsForItsStyles() throws {
    try withTemporaryFolder { folder in
      let moods = folder + "/moods"
      try Folder.make(moods)
      for name in ["dusk.png", "dusk.z", "Dawn.JPG", "notes.txt", ".hidden.png"] {
        try save([0], "\(moods)/\(name)")
      }
      let list = try StyleList("seed:7,\(moods)")
      #expect(list.paths == ["Dawn.JPG", "dusk.png", "dusk.z"].map { "\(moods)/\($0)" })
      #expect(list.entries.map(\.name) == ["seed-7", "Dawn", "dusk", "dusk-z"])
      try Folder.make(folder + "/empty")
      #expect(throws: StyleBlend.WrongUsage.self) { try StyleList(folder + "/empty") }
    }
  }

  @Test(arguments: ["", "a,,b", "seed:", "seed:x", "seed:5-3", "seed:0-99999", "seed:1-2-3"])
  func badLists(text: String) {
    #expect(throws: StyleBlend.WrongUsage.self) { try StyleList(text) }
  }
}

/// Which maps look as if they were given the wrong way round.
@Suite struct SwappedMapsTests {
  // Two cars (class 13) on a road (7) under a sky (10).
  private static let classes: [UInt16] = [10, 10, 10, 10, 13, 13, 7, 13, 7, 7, 7, 7]
  private static let objects: [UInt16] = [10, 10, 10, 10, 1, 1, 7, 2, 7, 7, 7, 7]

  private func looks(_ labels: [UInt16], _ instances: [UInt16]) throws -> Bool {
    looksSwapped(
      labels: try IndexImage(width: 4, height: 3, values: labels),
      instances: try IndexImage(width: 4, height: 3, values: instances))
  }

  @Test func swappedMapsAreNoticed() throws {
    #expect(try looks(Self.objects, Self.classes))
    #expect(try !looks(Self.classes, Self.objects))
  }

  @Test func mapsWithoutObjectsAreNotTakenForSwapped() throws {
    #expect(try !looks(Self.classes, [UInt16](repeating: 0, count: 12)))
    #expect(try !looks(Self.classes, Self.classes))
  }
}

/// What of a folder is read, and what it is called.
@Suite struct PictureNamesTests {
  @Test func picturesOfOtherKindsAreNoted() throws {
    try withTemporaryFolder { folder in
      for name in ["a.png", "b.JPEG", "c.txt"] { try save([0], "\(folder)/\(name)") }
      #expect(try PictureNames(in: folder).note(of: folder) == nil)
      try save([0], folder + "/x.bmp")
      #expect(try PictureNames(in: folder).read == ["a.png", "b.JPEG"])
      #expect(
        try PictureNames(in: folder).note(of: "maps")
          == "note: maps also holds x.bmp, of a kind that is not read; convert it to PNG or JPEG.")
      for name in ["y.WebP", "z.heic"] { try save([0], "\(folder)/\(name)") }
      #expect(try PictureNames(in: folder).note(of: "maps")?.contains("x.bmp and 2 more like it, of") == true)
    }
  }

  @Test func namesThatDifferInTheirEndingsAlone() {
    #expect(PictureNames.stems(of: ["a.jpg", "a.png", "b.jpeg", "b.jpg"]) == ["a-jpg", "a", "b", "b-jpg"])
    #expect(PictureNames.stems(of: ["x/c.z", "c"]) == ["c", "c"])
  }

  @Test func croppingBackSaysWhatItNeeds() {
    #expect(Fit.fault(cropsBack: true, .pad) == nil && Fit.fault(cropsBack: false, .crop) == nil)
    #expect(Fit.fault(cropsBack: true, nil)?.contains("give that too") == true)
    #expect(Fit.fault(cropsBack: true, .crop)?.contains("--fit crop adds nothing; give --fit pad") == true)
  }
}

/// Where model files are looked for.
@Suite struct ModelListTests {
  @Test func theOnlyModelIsMeantOrTheLandscapes() throws {
    #expect(try ModelList.only(of: ["a/night.spade"]) == "a/night.spade")
    let several = ["coco.spade", "b/landscapes.spade", "c/landscapes.spade"]
    #expect(try ModelList.only(of: several) == "b/landscapes.spade")
    for (paths, words) in [(["a.spade", "b.spade"], "a.spade and b.spade; say which"), ([], "name one")] {
      #expect {
        try ModelList.only(of: paths)
      } throws: {
        ($0 as? Failure)?.sentence.contains(words) == true
      }
    }
  }

  @Test func othersOfTheNameAreNoted() {
    let several = ["coco.spade", "b/landscapes.spade", "/usr/landscapes.spade"]
    #expect(ModelList.note(of: several[0], among: several) == "note: the model is coco.spade.")
    #expect(
      ModelList.note(of: several[1], among: several)
        == "note: the model is b/landscapes.spade; /usr/landscapes.spade has the name too.")
  }

  @Test func foldersThatAreNotThereAreNoted() throws {
    try withTemporaryFolder { folder in
      #expect(ModelList.notes(named: folder).isEmpty && ModelList.notes(named: nil).isEmpty)
      #expect(
        ModelList.notes(named: "\(folder):/no/where") == [
          "note: SPADE_MODELS names /no/where, and there is no such folder."
        ])
    }
  }

  @Test func theFastestOfSeveralCounts() throws {
    var times = [0.3, 0.1, 0.2, 0.05]
    #expect(try ModelList.least(of: 3) { times.removeFirst() } == 0.1)
    #expect(times == [0.05])
  }

  @Test func filesHereAndOneFolderDown() throws {
    try withTemporaryFolder { folder in
      for name in ["a", "b/c", "later"] { try Folder.make("\(folder)/\(name)") }
      for name in [
        "one.spade", "a/two.spade", "b/c/far.spade", "later/three.spade", ".hidden.spade", "a/not.png",
      ] {
        try save([0], "\(folder)/\(name)")
      }
      let found = ModelList.paths(in: [folder, folder + "/later", folder + "/nowhere"])
      #expect(found == ["one.spade", "a/two.spade", "later/three.spade"].map { "\(folder)/\($0)" })
    }
  }
}
