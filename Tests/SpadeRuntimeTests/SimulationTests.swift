import Foundation
import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTestSupport
import Testing

/// The errors of a model file, simulated in float32, are those that the runtime makes.
@Suite struct SimulationTests {
  private func withSimulation(_ network: TinyNetwork, _ body: (Simulation, ModelRun) throws -> Void) throws {
    let run = try ModelRun(network.file().bytes)
    try body(try Simulation(run.model, network.generator()), run)
  }

  @Test(arguments: TinyNetwork.allCases) func allSourcesTogetherAreTheRuntime(network: TinyNetwork) throws {
    try withSimulation(network) { simulation, run in
      let style = network.styleVector(seed: 4)
      for map in [network.maps(1, seed: 9)[0], network.noiseMap()] {
        func picture(_ sources: Set<ErrorSource>) -> [UInt8] {
          simulation.picture(labels: map, style: style.isEmpty ? nil : style, sources: sources).rgb8()
        }
        let exact = try Reference(network.generator())
          .picture(labels: map, style: style.isEmpty ? nil : style).rgb8()
        #expect(picture([]) == exact)
        let simulated = picture(Set(ErrorSource.allCases))
        let actual = try run.frame(map, style: style).picture
        let difference = Metrics.psnr(exact, simulated) - Metrics.psnr(exact, actual)
        #expect(abs(difference) < 0.3, "\(network) differs by \(difference) dB")
        #expect(Metrics.psnr(actual, simulated) > 45, "\(network): \(Metrics.psnr(actual, simulated)) dB")
      }
    }
  }

  /// Sources err independently: their squares add up to that of all, and without one about its square is missing.
  @Test(arguments: [TinyNetwork.plain, .instanceEdges]) func sourcesAddUp(network: TinyNetwork) throws {
    try withSimulation(network) { simulation, _ in
      var study = ErrorStudy(simulation)
      var trials = 0
      let maps = network.maps(2, seed: 5)
      for map in maps { study.add(map, style: nil) { _ in trials += 1 } }
      #expect(trials == 2 * (1 + 2 * ErrorSource.allCases.count))
      func square(_ trial: ErrorStudy.Trial) -> Double { pow(10, -study.psnr(trial) / 10) }
      let sum = ErrorSource.allCases.reduce(0) { $0 + square(.alone($1)) }
      #expect(abs(10 * log10(sum / square(.all))) < 1.5)
      for source in ErrorSource.allCases {
        #expect(study.psnr(.alone(source)) >= study.psnr(.all) - 0.3, "\(source)")
        #expect(study.psnr(.without(source)) >= study.psnr(.all) - 0.3, "\(source)")
      }
      #expect(study.psnr(.without(.rounding)) > study.psnr(.all) + 0.3)

      let names = study.layers.map(\.name)
      #expect(names.first == "fc" && names.last == "conv_img" && names.contains("up_0.conv_s"))
      // What comes before a source is free of it.
      let first = try #require(study.layers.first)
      #expect(first.alone[.rounding]?.noise == 0 && first.alone[.wide]?.noise ?? 0 > 0)
      #expect(first.all.noise == first.alone[.wide]?.noise)
      let head = try #require(study.layers.first { $0.name == "head_0.conv_0" })
      #expect(ErrorSource.allCases.filter { head.alone[$0]?.noise == 0 }.allSatisfy { $0 == .clipping })
      #expect(Set(study.clipped.layers.map(\.reader)) == Set(names).subtracting(["fc"]))
    }
  }

  /// The checkpoint of another shape would be read beyond its weights.
  @Test func anotherNetworkIsRefused() throws {
    let run = try ModelRun(TinyNetwork.plain.file().bytes)
    for other in TinyNetwork.allCases where other != .plain {
      #expect(throws: UnfamiliarModel.self) { try Simulation(run.model, other.generator()) }
    }
  }
}
