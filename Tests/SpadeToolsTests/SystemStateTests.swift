import Foundation
import SpadeTestSupport
import Testing

@testable import SpadeTools

@Suite struct SystemStateTests {
  private func withSystem<R>(_ files: [String: String], _ body: (SystemState) throws -> R) throws -> R {
    try withTemporaryFolder { folder in
      for (path, text) in files {
        let url = URL(fileURLWithPath: "\(folder)/sys/\(path)")
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("\(text)\n".utf8).write(to: url)
      }
      return try body(SystemState(root: folder))
    }
  }

  /// The files of a Raspberry Pi that ran hot a while ago and is capped now.
  @Test func aBoardThatShowsEverything() throws {
    try withSystem([
      "devices/system/cpu/cpu0/cpufreq/scaling_cur_freq": "1800000",
      "devices/system/cpu/cpu10/cpufreq/scaling_cur_freq": "600000",
      "devices/system/cpu/cpu2/cpufreq/scaling_cur_freq": "700000",
      "devices/system/cpu/cpufreq/policy": "x",
      "class/thermal/thermal_zone0/temp": "48312", "class/thermal/thermal_zone0/type": "cpu-thermal",
      "devices/platform/soc/soc:firmware/get_throttled": "80002",
    ]) { state in
      #expect(state.clocksMhz == [1800, 700, 600])
      #expect(state.temperatures.map(\.zone) == ["cpu-thermal"])
      #expect(state.temperatures.map(\.celsius) == [48.312])
      #expect(state.throttling == ["clock capped now", "temperature limit since start"])
    }
  }

  @Test func aBoardThatIsFine() throws {
    try withSystem(["devices/platform/soc/soc:firmware/get_throttled": "0"]) { #expect($0.throttling == []) }
  }

  @Test func aMachineThatShowsNothing() throws {
    try withSystem([:]) { state in
      #expect(state.clocksMhz == [] && state.temperatures.isEmpty && state.throttling == nil)
    }
  }
}
