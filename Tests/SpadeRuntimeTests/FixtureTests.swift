import Foundation
import SpadeImage
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import Testing

private let names = [
  "tiny-batchnorm", "tiny-edges-wide-more", "tiny-most", "tiny-instancenorm", "tiny-5x5", "tiny-no-spectral",
  "tiny-style", "coco-ngf8",
]

@Suite struct FixtureTests {
  @Test(arguments: names) func psnr(_ name: String) throws {
    let folder = URL(fileURLWithPath: "/work/shared/fixtures/\(name)")
    let files = try CheckpointFolder(path: folder.path)
    let checkpoint = try Checkpoint(contentsOf: files.generatorPath)
    let options = try Options(contentsOf: files.optionsPath!)
    let configuration = try GeneratorConfiguration.detect(checkpoint: checkpoint, options: options)
    let generator = try Generator(checkpoint: checkpoint, configuration: configuration)
    let labels = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/labels").sorted()
    var maps: [LabelMap] = []
    for label in labels {
      let image = try IndexImage(png: folder.path + "/labels/" + label).resized(
        width: configuration.width, height: configuration.height)
      var edge: [UInt8]?
      if configuration.hasEdges {
        edge = edges(
          of: try IndexImage(png: folder.path + "/instances/" + label).resized(
            width: configuration.width, height: configuration.height))
      }
      maps.append(
        LabelMap(
          width: configuration.width, height: configuration.height,
          ids: image.values.map { $0 == 255 ? UInt16(configuration.classCount) : $0 }, edges: edge))
    }
    let calibration = ProceduralMaps.maps(
      count: 8, labelCount: configuration.labelCount, width: configuration.width, height: configuration.height,
      hasEdges: configuration.hasEdges)
    for (kind, cal) in [("own", maps), ("procedural", calibration)] {
      let compiled = try CompiledModel(
        CompilerInput(
          generator: generator, maps: cal,
          provenance: .init(
            checkpoint: name, checkpointChecksum: "", calibration: "", calibrationMapCount: 0, compiler: "")))
      let run = try ModelRun(compiled.file(testChecksum: 0))
      let reference = Reference(generator)
      var psnrs: [Double] = []
      for (index, map) in maps.enumerated() {
        let style = NormalGenerator.style(seed: 7 + UInt64(index), count: configuration.styleCount ?? 0)
        let expected = reference.picture(labels: map, style: style).rgb8()
        let got = try run.picture(map, style: style)
        psnrs.append(Metrics.psnr(expected, got))
        let scalar = try run.picture(map, style: style, kernels: KernelSet.supported(at: 0)!, threadCount: 2)
        #expect(scalar == got)
      }
      print(name, kind, psnrs, "arena", Runtime.arenaByteCount(model: run.model, threadCount: 1))
    }
  }
}
