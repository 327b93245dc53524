import Foundation
import SpadeTestSupport
import Testing

@testable import SpadeTools

/// What `spade-run doctor` makes of the files that a machine shows.
@Suite struct MachineReportTests {
  private func report(_ files: [String: String], model: String? = nil) throws -> MachineReport {
    try withTemporaryFolder { folder in
      for (path, text) in files {
        let url = URL(fileURLWithPath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
      var report = MachineReport(root: folder)
      if let model { try report.add(ModelFile(path: model)) }
      return report
    }
  }

  private func lines(_ files: [String: String], model: String? = nil) throws -> [String] {
    try report(files, model: model).lines
  }

  private static let raspberryPi4 = [
    "proc/device-tree/model": "Raspberry Pi 4 Model B Rev 1.4\u{0}",
    "proc/cpuinfo": "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd08\n",
    "proc/meminfo": "MemTotal:        3884072 kB\nMemFree:  1 kB\nMemAvailable:       8000 kB\n",
    "sys/devices/system/cpu/cpu0/cpufreq/scaling_governor": "ondemand\n",
    "sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_min_freq": "600000\n",
    "sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq": "1800000\n",
    "sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq": "700000\n",
    "sys/class/thermal/thermal_zone0/type": "cpu-thermal\n",
    "sys/class/thermal/thermal_zone0/temp": "48312\n",
    "sys/devices/platform/soc/soc:firmware/get_throttled": "50005\n",
  ]

  @Test func aBoardThatShowsEverything() throws {
    let text = try lines(Self.raspberryPi4, model: Workshop.path("plain.spade"))
    for line in [
      "board          Raspberry Pi 4 Model B Rev 1.4", "CPU            Cortex-A72",
      "memory         3,977,289,728 bytes", "governor       ondemand", "clock range    600 to 1800 MHz",
      "clock          700 MHz", "temperature    cpu-thermal 48.3 °C",
      "throttling     under-voltage now, throttled now, under-voltage since start, throttled since start",
    ] {
      #expect(text.contains(line), "\(line)")
    }
    #expect(text.contains { $0.hasPrefix("arena ") && $0.hasSuffix("with 1 thread: fits") })
    #expect(
      text.contains { $0.hasPrefix("prediction ") && $0.contains("on a Raspberry Pi 4 with 4 threads") })
    #expect(!text.contains { $0.hasPrefix("not shown") })
  }

  @Test func numbersForPrograms() throws {
    let text = try report(Self.raspberryPi4, model: Workshop.path("plain.spade")).json.text
    let json = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(json["memory_bytes"] as? Int == 3_977_289_728 && json["available_bytes"] as? Int == 8_192_000)
    #expect(json["clock_range_mhz"] as? [Int] == [600, 1800] && json["clocks_mhz"] as? [Int] == [700])
    let temperature = try #require((json["temperatures"] as? [[String: Any]])?.first)
    #expect(temperature["zone"] as? String == "cpu-thermal" && temperature["celsius"] as? Double == 48.3)
    #expect((json["throttling"] as? [String])?.first == "under-voltage now")
    #expect(
      json["board"] as? String == "Raspberry Pi 4 Model B Rev 1.4" && json["cpu"] as? String == "Cortex-A72")
    #expect((json["kernel_sets"] as? [String])?.contains(json["kernels"] as? String ?? "") == true)
    #expect(json["width"] as? Int == 32 && json["not_shown"] as? [String] == [])
    #expect((json["predicted_seconds"] as? Double ?? 0) > 0 && json["predicted_threads"] as? Int == 4)
    let arena = try #require((json["arenas"] as? [[String: Any]])?.first)
    #expect(arena["threads"] as? Int == 1 && arena["fits"] as? Bool == true)
  }

  @Test func littleMemoryAndAMachineThatIsNotDescribed() throws {
    var files = Self.raspberryPi4
    files["proc/meminfo"] = "MemTotal: 100 kB\nMemAvailable: 50 kB\n"
    files["proc/device-tree/model"] = "Orange Pi 5"
    let text = try lines(files, model: Workshop.path("plain.spade"))
    #expect(text.contains { $0.hasSuffix("with 1 thread: DOES NOT FIT the memory available") })
    #expect(text.last?.hasPrefix("not shown      predicted time") == true)
  }

  @Test func aMachineThatShowsNothing() throws {
    let text = try lines([:])
    #expect(
      text.last
        == "not shown      board, CPU, memory, available, governor, clock range, clock, temperature, throttling"
    )
    #expect(text.contains { $0.hasPrefix("kernels ") })
  }
}
