import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// Bad input gives one sentence on standard error, exit code 1, and leaves nothing behind.
@Suite struct BadInputTests {
  /// Runs `spade` with an output in an empty folder and expects one sentence that holds `words`.
  private func refused(
    _ words: String..., output: String = "out", sourceLocation: SourceLocation = #_sourceLocation,
    by arguments: () throws -> [String]
  ) throws {
    try withTemporaryFolder { folder in
      let command = try Command(arguments() + ["-o", folder + "/" + output])
      #expect(command.status == 1, sourceLocation: sourceLocation)
      #expect(command.output == "", sourceLocation: sourceLocation)
      #expect(command.errorLines.count == 1, "\(command.errors)", sourceLocation: sourceLocation)
      #expect(
        command.errors.hasPrefix("spade: ") && command.errors.hasSuffix(".\n"), sourceLocation: sourceLocation
      )
      for word in words {
        #expect(command.errors.contains(word), "\(command.errors)", sourceLocation: sourceLocation)
      }
      #expect(try contents(of: folder) == [], sourceLocation: sourceLocation)
    }
  }

  private func withFile<R>(_ name: String, _ bytes: [UInt8], _ body: (String) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      try save(bytes, folder + "/" + name)
      return try body(folder + "/" + name)
    }
  }

  private func withMap<R>(
    _ width: Int, _ height: Int, _ values: [UInt16], _ body: (String) throws -> R
  ) throws -> R {
    try withTemporaryFolder { folder in
      try IndexImage(width: width, height: height, values: values).write(png: folder + "/map.png")
      return try body(folder + "/map.png")
    }
  }

  // MARK: Checkpoints

  @Test func aTruncatedCheckpoint() throws {
    let bytes = try load(Workshop.path("plain/latest_net_G.safetensors"))
    try withFile("cut_net_G.safetensors", Array(bytes.prefix(bytes.count / 2))) { path in
      try refused(path, "copy or download it again") { ["quantize", path, "--preset", "ade20k"] }
      try refused(path) { try ["reference", path, Workshop.path("plain/labels/map01.png")] }
    }
  }

  @Test func aFileOfAnotherTypeAsCheckpoint() throws {
    try refused("neither a PyTorch checkpoint nor a safetensors file") {
      try ["quantize", Workshop.path("plain/labels/map01.png")]
    }
    try refused("neither a PyTorch checkpoint nor a safetensors file") {
      try ["quantize", Workshop.path("plain.spade")]
    }
  }

  @Test func aCheckpointThatIsNotThere() throws {
    try refused("nowhere", "no such file") { ["quantize", "/nowhere"] }
    try withTemporaryFolder { folder in try refused("holds no generator") { ["quantize", folder] } }
  }

  /// A bias of 3e38 in a sound checkpoint: the values of its layer have no scale.
  @Test func aBiasBeyondEveryScale() throws {
    var bytes = try load(Workshop.path("plain/latest_net_G.safetensors"))
    let headerByteCount = bytes.withUnsafeBytes { Int($0.loadUnaligned(as: UInt64.self)) }
    let header = try JSONSerialization.jsonObject(with: Data(bytes[8..<(8 + headerByteCount)]))
    let tensor = try #require((header as? [String: Any])?["head_0.conv_0.bias"] as? [String: Any])
    let start = try #require((tensor["data_offsets"] as? [Int])?.first)
    bytes.withUnsafeMutableBytes {
      $0.storeBytes(of: Float(3e38), toByteOffset: 8 + headerByteCount + start, as: Float.self)
    }
    let options = try load(Workshop.path("plain/opt.txt"))
    try withFile("latest_net_G.safetensors", bytes) { path in
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try save(options, folder + "/opt.txt")
      let command = try Command("quantize", folder, "-o", folder + "/out.spade")
      #expect(command.status == 1)
      #expect(command.errors.contains("\(folder): The values of the layer of tensor 'head_0.conv_0.bias'"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/out.spade"))
    }
  }

  @Test func openQuestionsAreListed() throws {
    try withFile("latest_net_G.safetensors", load(Workshop.path("plain/latest_net_G.safetensors"))) { path in
      try refused("--preset", "--size WxH", "--upsampling", "--dontcare", "--edges") { ["quantize", path] }
      try refused("input channels") { ["quantize", path, "--preset", "coco"] }
    }
  }

  @Test func calibrationMapsThatDoNotFit() throws {
    try refused("not a folder") { try ["quantize", Workshop.path("plain"), "--calibration", "/nowhere"] }
    try refused("needs an instance map") {
      try ["quantize", Workshop.path("style"), "--calibration", Workshop.path("plain")]
    }
    try refused("holds no label maps") {
      try ["quantize", Workshop.path("plain"), "--calibration", Workshop.path("")]
    }
  }

  @Test(arguments: [("a\nb", "names 2 classes"), ("a\n\nc\nd", "line 2"), ("a #12\nb\nc\nd", "line 1")])
  func aClassListThatDoesNotFit(text: String, words: String) throws {
    try withFile("classes.txt", Array(text.utf8)) { path in
      try refused(path, words) { try ["quantize", Workshop.path("plain"), "--labels", path] }
    }
  }

  @Test func anotherNetworksCheckpointInEvaluation() throws {
    let command = try Command(
      "evaluate", Workshop.path("plain.spade"), Workshop.path("style"), Workshop.path("plain"))
    #expect(command.status == 1 && command.errorLines.count == 1 && command.output == "")
    let model = try object(Command("inspect", Workshop.path("plain.spade"), "--json"))
    let origin = (model["provenance"] as? [String: Any])?["checkpoint_checksum"] as? String ?? "none"
    for words in [
      "plain.spade was made from another network, latest_net_G.safetensors (XXH64 \(origin)), than ",
      "/style/latest_net_G.safetensors (XXH64 ", "give the checkpoint that the model was made from",
    ] { #expect(command.errors.contains(words), "\(command.errors)") }
  }

  // MARK: Model files

  private func synthesize(_ model: String, sourceLocation: SourceLocation = #_sourceLocation, _ words: String)
    throws
  {
    try refused(model, words, sourceLocation: sourceLocation) {
      try ["synthesize", model, Workshop.path("plain/labels/map01.png")]
    }
  }

  @Test func aTruncatedModel() throws {
    let bytes = try load(Workshop.path("plain.spade"))
    for count in [0, 1, 255, 256, bytes.count / 2, bytes.count - 1] {
      try withFile("m.spade", Array(bytes.prefix(count))) { try synthesize($0, "copy it again") }
    }
    try withFile("m.spade", bytes + [0]) { try synthesize($0, "copy it again") }
  }

  @Test func aFlippedBitInEverySectionOfAModel() throws {
    let bytes = try load(Workshop.path("plain.spade"))
    var offset = 256
    var flips = [20, 40, 250]
    for section in 0..<12 {
      let count = bytes[(32 + 16 * section)..<(40 + 16 * section)].reversed().reduce(0) { $0 << 8 | Int($1) }
      if count > 0 { flips.append(offset + count / 2) }
      offset += count
    }
    #expect(offset == bytes.count)
    for flip in flips {
      var damaged = bytes
      damaged[flip] ^= 0x10
      try withFile("m.spade", damaged) { try synthesize($0, "copy it again") }
    }
  }

  @Test func aModelOfAnotherVersion() throws {
    var bytes = try load(Workshop.path("plain.spade"))
    bytes[8] += 1
    try withFile("m.spade", bytes) {
      try synthesize($0, "version 2 and this spade reads version 1; use a newer spade")
    }
  }

  @Test func aFileOfAnotherTypeAsModel() throws {
    try synthesize(Workshop.path("plain/latest_net_G.safetensors"), "is not a spade model file")
    try synthesize(
      LandscapesTests.folder + "/layouts/river.png",
      "is a picture and no model file; the model comes first, then the map")
    try synthesize("/nowhere.spade", "no such file or folder")
    try synthesize(Workshop.path("plain"), "is a folder")
  }

  // MARK: Maps

  @Test func idsOutsideTheClasses() throws {
    try withMap(40, 3, (0..<120).map { $0 == 47 ? 9 : 1 }) { map in
      try refused("holds id 9 at x 7, y 1", "5 classes, ids 0 to 4") {
        try ["synthesize", Workshop.path("plain.spade"), map]
      }
      try refused("holds id 9 at x 7, y 1") { try ["reference", Workshop.path("plain"), map] }
    }
  }

  @Test func unknownPixelsForANetworkWithoutThem() throws {
    try withMap(2, 1, [0, 255]) { map in
      try refused("holds id 255 at x 1, y 0", "5 classes") {
        try ["synthesize", Workshop.path("style.spade"), map, "--instances", map]
      }
    }
  }

  @Test func aMapThatIsNoMap() throws {
    try withFile("map.png", Array("nothing".utf8)) { map in
      try refused(map, "is neither a PNG nor a JPEG") {
        try ["synthesize", Workshop.path("plain.spade"), map]
      }
      try refused(map, "is not a PNG file") {
        try [
          "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
          map,
        ]
      }
    }
    let png = try load(Workshop.path("plain/labels/map01.png"))
    try withFile("map.png", Array(png.dropLast(20))) { map in
      try refused(map, "ends too early") { try ["synthesize", Workshop.path("plain.spade"), map] }
    }
    try withTemporaryFolder { folder in
      try Picture(width: 1, height: 1, bytes: [1, 2, 3]).write(png: folder + "/rgb.png")
      try refused("RGB colour") { try ["synthesize", Workshop.path("plain.spade"), folder + "/rgb.png"] }
    }
  }

  /// Pictures of other kinds are named by their content, whatever they are called, with a command that converts them.
  @Test func picturesOfOtherKinds() throws {
    let webP = Array("RIFF".utf8) + [36, 0, 0, 0] + Array("WEBPVP8 ".utf8)
    try withFile("map.webp", webP) { map in
      let stem = map.dropLast(5)
      for labels in [try Workshop.path("style/labels/map01.png"), map] {
        try refused("\(map) is a WebP picture", "convert \(map) \(stem).png.") {
          try ["synthesize", Workshop.path("style.spade"), labels, "--instances", map]
        }
      }
    }
    // The original is not to be written over.
    try withFile("map.png", webP) { map in
      try refused("convert \(map) \(map.dropLast(4))-converted.png.") {
        try ["synthesize", Workshop.path("plain.spade"), map]
      }
    }
    try withFile("photo.png", [0, 0, 0, 24] + Array("ftypheic".utf8)) { photo in
      try refused("\(photo) is a HEIC picture", "heif-convert \(photo)") {
        try [
          "synthesize", Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
          Workshop.path("style/instances/map01.png"), "--style", photo,
        ]
      }
    }
    try withFile("a film.gif", Array("GIF89a".utf8) + [1, 0, 1, 0]) { map in
      try refused("is a GIF", "convert 'picture.gif[0]' picture.png.") {
        try ["synthesize", Workshop.path("plain.spade"), map]
      }
    }
  }

  @Test func anInstanceMapOfAnotherSize() throws {
    try withMap(3, 2, [0, 1, 2, 3, 4, 5]) { map in
      let labels = try Workshop.path("style/labels/map01.png")
      try refused("is 3 by 2 pixels", "64 by 32") {
        try ["synthesize", Workshop.path("style.spade"), labels, "--instances", map]
      }
    }
  }

  @Test func instanceMapsMissingOrNotNeeded() throws {
    let labels = try Workshop.path("style/labels/map01.png")
    try refused("needs an instance map", "--instances") {
      try ["synthesize", Workshop.path("style.spade"), labels]
    }
    try refused("does not read instance borders") {
      let map = try Workshop.path("plain/labels/map01.png")
      return try ["synthesize", Workshop.path("plain.spade"), map, "--instances", map]
    }
  }

  // MARK: Outputs and options

  @Test(arguments: ["synthesize", "reference", "quantize"]) func anUnwritableOutput(name: String) throws {
    let arguments: [String] =
      switch name {
      case "quantize": try [name, Workshop.path("plain")]
      case "reference": try [name, Workshop.path("plain"), Workshop.path("plain/labels/map01.png")]
      default: try [name, Workshop.path("plain.spade"), Workshop.path("plain/labels/map01.png")]
      }
    try refused("no/such/folder", "cannot be written", output: "no/such/folder.png") { arguments }
    try refused("is a folder", output: "") { arguments }
    let full = try Command(arguments + ["-o", "/dev/full"])
    #expect(full.status == 1 && full.errors.contains("the disk is full"))
  }

  @Test(arguments: [
    ["paint"], ["synthesize"], ["synthesize", "a", "b", "-o", "c.png", "--threads", "0"], ["quantize", "a"],
    ["quantize", "a", "--size", "12", "-o", "b"], ["inspect", "a", "--depth"],
    ["random-checkpoint", "a", "--ngf", "0"], ["synthesize", "a", "b", "-o", "c.png", "--isa", "mmx"],
  ])
  func wrongUsageIsTwo(arguments: [String]) throws {
    let command = try Command(arguments)
    #expect(command.status == 2 && command.output == "" && command.errors.contains("Usage:"))
  }

  @Test(arguments: [
    [], ["--help"], ["quantize", "--help"], ["synthesize", "--help"], ["reference", "--help"],
    ["evaluate", "--help"], ["profile", "--help"],
    ["inspect", "--help"], ["styles", "--help"], ["random-checkpoint", "--help"],
  ])
  func helpIsZeroAndHasAnExample(arguments: [String]) throws {
    let command = try Command(arguments)
    #expect(command.status == 0 && command.errors == "")
    #expect(command.output.contains("  spade "))
  }

  @Test func theVersionIsPrinted() throws {
    let command = try Command("--version")
    #expect(command.status == 0 && command.output.hasPrefix("spade "))
  }
}
