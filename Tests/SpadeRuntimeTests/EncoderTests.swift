import Foundation
import SpadeImage
import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTestSupport
import Testing

/// The style encoder in int8.
@Suite struct EncoderTests {
  /// |found − float32| / |float32| of a photo's style.
  static func error(_ run: ModelRun, _ encoder: StyleEncoder, photo: [UInt8]) throws -> Double {
    let area = EncoderLayout.photoSide * EncoderLayout.photoSide
    let planes = (0..<3 * area).map { Float(photo[$0 % area * 3 + $0 / area]) / 127.5 - 1 }
    let expected = EncoderReference(encoder).distribution(photo: planes).mean
    return difference(try run.style(ofPhoto: photo).values, expected)
  }

  static func difference(_ found: [Float], _ expected: [Float]) -> Double {
    let squares = zip(found, expected).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    return (squares / expected.reduce(0.0) { $0 + Double($1 * $1) }).squareRoot()
  }

  private static let noise: [UInt8] = {
    var random = SplitMix64(seed: 5)
    return (0..<EncoderLayout.photoByteCount).map { _ in UInt8.random(in: 0...255, using: &random) }
  }()

  /// Black, but for one white pixel.
  private static let spark: [UInt8] = {
    var photo = [UInt8](repeating: 0, count: EncoderLayout.photoByteCount)
    for channel in 0..<3 { photo[(100 * 256 + 77) * 3 + channel] = 255 }
    return photo
  }()

  /// Channels that fill no panel, two panels, and more panels than a task takes.
  @Test(arguments: [1, 3, 16]) func closeToFloat(channelUnit: Int) throws {
    let encoder = try #require(try TinyNetwork.style.encoder(channelUnit: channelUnit))
    let run = try ModelRun(try TinyNetwork.style.compiled(encoder: encoder).bytes)
    for (name, photo) in [("rings", testPhoto), ("noise", Self.noise), ("spark", Self.spark)] {
      let error = try Self.error(run, encoder, photo: photo)
      print("encoder of \(channelUnit) channels, \(name): relative error \(error)")
      #expect(error <= 0.06, "\(name): \(error)")
    }
  }

  /// Only the borders vary, and 1e-5 inside the root counts. Norms enlarge what little there is, the weights' rounding
  /// with it.
  @Test(arguments: [0, 127, 128, 255] as [UInt8]) func aFlatPhoto(_ value: UInt8) throws {
    let encoder = try #require(try TinyNetwork.style.encoder(channelUnit: 16))
    let run = try ModelRun(try TinyNetwork.style.compiled(encoder: encoder).bytes)
    let photo = [UInt8](repeating: value, count: EncoderLayout.photoByteCount)
    let error = try Self.error(run, encoder, photo: photo)
    print("encoder of 16 channels, all \(value): relative error \(error)")
    #expect(error <= 0.15)
  }

  /// Every activation is 0, so that the bias is left.
  @Test func weightsOfZeroGiveTheBias() throws {
    var encoder = try #require(try TinyNetwork.style.encoder())
    for index in encoder.layers.indices {
      encoder.layers[index].weight = encoder.layers[index].weight.map { _ in 0 }
    }
    let run = try ModelRun(try TinyNetwork.style.compiled(encoder: encoder).bytes)
    #expect(try run.style(ofPhoto: testPhoto).values == encoder.mean.bias)
  }

  @Test(arguments: [1, 16]) func sameStyleEverywhere(channelUnit: Int) throws {
    let encoder = try TinyNetwork.style.encoder(channelUnit: channelUnit)
    let run = try ModelRun(try TinyNetwork.style.compiled(encoder: encoder).bytes)
    for kernels in supportedKernels {
      for (threadCount, fill) in [(1, 0xA5), (2, 0), (4, 0xFF)] as [(Int, UInt8)] {
        let style = try run.style(
          ofPhoto: testPhoto, kernels: kernels, threadCount: threadCount, arenaFill: fill)
        #expect(
          style.checksum == run.model.testStyleChecksum && style.isIntact,
          "set \(kernels.index), \(threadCount) threads")
      }
    }
  }

  /// Photos and frames take turns in one arena.
  @Test func aFrameAfterAPhotoIsAsEver() throws {
    let run = try ModelRun(try TinyNetwork.style.file().bytes)
    let (map, style) = run.testCase
    let turns = try run.withRuntime(threadCount: 2) { runtime, picture in
      try (0..<2).map { _ in
        let photoStyle = try runtime.style(ofPhoto: testPhoto)
        try runtime.begin(map, style: style, picture: picture)
        runtime.run()
        return [photoStyle.withUnsafeBytes { Checksum.of($0) }, Checksum.of(UnsafeRawBufferPointer(picture))]
      }
    }
    #expect(turns.isIntact)
    #expect(turns.result.allSatisfy { $0 == [run.model.testStyleChecksum, run.model.testChecksum] })
  }

  @Test func theArenaHoldsTheLargerOfBoth() throws {
    let plain = try ModelRun(try TinyNetwork.style.compiled(encoder: nil).bytes).model
    let model = try ModelRun(try TinyNetwork.style.file().bytes).model
    // The plan may use what the encoder needs anyway.
    #expect(plain.planByteCount <= model.planByteCount)
    // 128·128 pixels of 16 channels, and the pixel outside: two bytes of codes and four of sums.
    let encoder = 2 * 16 * (128 * 128 + 2) + 4 * 16 * 128 * 128
    #expect(plain.planByteCount < encoder && model.planByteCount < encoder)
    for threadCount in [1, 3] {
      func rest(_ model: Model) -> Int {
        threadCount * ScratchLayout(model).byteCount + ArenaLayout.poolByteCount
          + ArenaLayout.runtimeByteCount
      }
      #expect(model.planByteCount <= encoder)
      #expect(Runtime.arenaByteCount(model: model, threadCount: threadCount) == encoder + rest(model))
      #expect(
        Runtime.arenaByteCount(model: plain, threadCount: threadCount)
          == ModelFormat.padded(plain.planByteCount, to: 64) + rest(plain))
    }
  }

  @Test func whatItRefuses() throws {
    func encode(_ network: TinyNetwork, photo: [UInt8], count: Int) throws {
      let run = try ModelRun(try network.file().bytes)
      _ = try run.withRuntime { runtime, _ in try runtime.style(ofPhoto: photo, count: count) }
    }
    #expect(throws: InputError.encoderMissing) { try encode(.plain, photo: testPhoto, count: 0) }
    #expect(throws: InputError.photoSize(required: testPhoto.count, given: testPhoto.count - 3)) {
      try encode(.style, photo: [UInt8](testPhoto.dropLast(3)), count: 12)
    }
    #expect(throws: InputError.styleCount(required: 12, given: 13)) {
      try encode(.style, photo: testPhoto, count: 13)
    }
  }
}

/// The encoder of the reference implementation's checkpoint, with the styles it gave.
@Suite(.enabled(if: Fixture.areThere, "no checkpoints at ../shared/fixtures"))
struct EncoderFixtureTests {
  @Test func photosHaveTheReferencesStyles() throws {
    let path = "\(Fixture.folder)/tiny-style"
    let fixture = try Fixture("tiny-style")
    let encoder = try StyleEncoder(
      checkpoint: Checkpoint(contentsOf: #require(CheckpointFolder(path: path).encoderPath)))
    let compiled = try CompiledModel(
      CompilerInput(
        generator: fixture.generator, encoder: encoder, maps: fixture.maps,
        provenance: .init(
          checkpoint: path, checkpointChecksum: "", calibration: "its own maps",
          calibrationMapCount: fixture.maps.count, compiler: "test")))
    let run = try ModelRun(compiled.file(testChecksum: 0))
    let means = try NPYArray(npy: "\(path)/mu.npy")
    let side = EncoderLayout.photoSide
    for index in 0..<means.shape[0] {
      let photo = try Picture(png: "\(path)/styles/style\(index).png").resizedToBytes(
        width: side, height: side)
      let expected = [Float](means.values[(index * means.shape[1])..<((index + 1) * means.shape[1])])
      let style = try run.style(ofPhoto: photo)
      let error = EncoderTests.difference(style.values, expected)
      print("tiny-style, style\(index).png: relative error \(error)")
      #expect(error <= 0.03 && style.isIntact)
    }
  }
}
