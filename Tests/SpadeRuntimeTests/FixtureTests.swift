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

@Suite(.serialized) struct FixtureTests {
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
    let many = ProceduralMaps.maps(
      count: 64, labelCount: configuration.labelCount, width: configuration.width, height: configuration.height,
      hasEdges: configuration.hasEdges)
    for (kind, cal) in [("own", maps), ("p8", calibration), ("p64", many)] {
     if kind == "p64" && configuration.channelUnit > 4 { continue }
     for (h, c) in [(0.0, 0.0), (4.0, 0.0), (0.0, 4.0), (4.0, 4.0), (6.0,6.0)] {
      NetworkQuantizer.hiddenDeviations = h
      NetworkQuantizer.codeDeviations = c
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
        var sites: [String: [Float]] = [:]
        let expected = reference.picture(labels: map, style: style) { site, tensor in
          switch site {
          case .first: sites["fc"] = tensor.values
          case .block(let name): sites[name] = tensor.values
          case .convolution(let name): sites[name] = tensor.values
          default: break
          }
        }.rgb8()
        if index == 0 && kind == "own" {
          run.observe = true
          _ = try run.picture(map, style: style, kernels: KernelSet.supported(at: 0)!)
          run.observe = false
          for (key, value) in run.tensors.sorted(by: { $0.key < $1.key }) where sites[key] != nil {
            if h == 0 && c == 0 { print("   ", name, key, Metrics.sqnr(reference: sites[key]!, test: value)) }
          }
        }
        let got = try run.picture(map, style: style)
        psnrs.append(Metrics.psnr(expected, got))
        for (set, threads) in [(0, 2)] {
          let other = try run.picture(map, style: style, kernels: KernelSet.supported(at: set)!, threadCount: threads)
          #expect(Metrics.maxError(other, got) == 0)
        }
      }
      print(name, kind, h, c, psnrs.map { Int($0*10) }, "arena", Runtime.arenaByteCount(model: run.model, threadCount: 1))
    }
    }
  }
}
