import SpadeInput
import SpadeModel

/// A compiled model, complete but for the checksums of its built-in test case, which only a run can tell.
public struct CompiledModel {
  private let writer: ModelWriter
  private let test: TestCase
  /// The plan, and what it was chosen from.
  public let choice: PlanChoice

  /// The model file.
  /// - Parameters:
  ///   - testChecksum: XXH64 of the picture that the test case gives.
  ///   - styleChecksum: XXH64 of the style that the encoder gives the test photo, where there is one.
  public func file(testChecksum: UInt64, styleChecksum: UInt64 = 0) -> [UInt8] {
    var writer = writer
    var test = test
    test.checksum = testChecksum
    test.styleChecksum = styleChecksum
    writer.set(test)
    return writer.file()
  }

  /// Calibrates, quantises, plans and lowers.
  /// - Parameter progress: Called before each stage of the work with a short description, and in calibration, which takes most of the
  ///   time, with how many of how many pictures are painted.
  /// - Throws: `QuantizationError`.
  public init(_ input: CompilerInput, progress: (String, (done: Int, count: Int)?) -> Void = { _, _ in })
    throws
  {
    let generator = input.generator
    let styleCount = generator.configuration.styleCount
    let maps = input.maps + input.drawings
    let pictures = CalibrationPictures(maps, generator.configuration)
    let ranges = Ranges(
      generator: generator, maps: pictures.maps, styles: pictures.styles
    ) { index in
      progress(
        "calibrating, picture \(index + 1) of \(pictures.maps.count)", (index, pictures.maps.count))
    }
    progress("quantising", nil)
    let network = try NetworkQuantizer.quantize(generator, ranges: ranges, quality: input.quality)
    let encoder = try input.encoder.map { (encoder) throws(QuantizationError) in try EncoderSection(encoder) }
    progress("planning memory", nil)
    let scenes = network.scenes(input.maps)
    let search = PlanSearch(
      network, scenes: scenes, machine: input.plan.machine,
      encoder: encoder.map {
        EncoderLayout(channelUnit: $0.channelUnit, styleCount: styleCount ?? 0)
      })
    choice = search.choose(input.plan.goal)
    let plan = search.plan(choice.chosen)

    var metadata = ModelMetadata(
      input.generator.configuration, classes: input.classes, provenance: input.provenance)
    metadata.set(plan, choice, network, scenes)
    writer = ModelWriter(network, plan, encoder: encoder, metadata: try metadata.json())
    test = TestCase(map: input.maps[0], style: pictures.styles.first ?? [], checksum: 0)
  }
}
