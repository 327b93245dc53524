/// What Linux tells about the CPU's clock and temperature. Boards differ in what they show.
package struct SystemState: Reportable {
  package struct Temperature: Reportable {
    package let zone: String
    package let celsius: Double
  }

  /// Of each core that shows it, in MHz.
  package let clocksMhz: [Double]
  package let temperatures: [Temperature]
  /// What holds the CPU back now or has done so since it started, on a Raspberry Pi; `nil` where nobody tells.
  package let throttling: [String]?

  /// - Parameter root: Where `/sys` is found, for tests.
  package init(root: String = "") {
    let cores = "\(root)/sys/devices/system/cpu"
    clocksMhz = (0..<Self.numberLimit).compactMap { core in
      SystemText.number("\(cores)/cpu\(core)/cpufreq/scaling_cur_freq").map { Double($0) / 1000 }
    }
    let zones = "\(root)/sys/class/thermal"
    temperatures = (0..<Self.numberLimit).compactMap { zone in
      SystemText.number("\(zones)/thermal_zone\(zone)/temp").map {
        Temperature(
          zone: SystemText.read("\(zones)/thermal_zone\(zone)/type") ?? "thermal_zone\(zone)",
          celsius: Double($0) / 1000)
      }
    }
    throttling = SystemText.read("\(root)/sys/devices/platform/soc/soc:firmware/get_throttled")
      .flatMap { UInt32($0.hasPrefix("0x") ? String($0.dropFirst(2)) : $0, radix: 16) }
      .map(Self.throttling)
  }

  /// Cores and zones have numbers below this.
  private static let numberLimit = 256

  /// The firmware's bits: now in 0 … 3, since the start in 16 … 19.
  private static func throttling(_ bits: UInt32) -> [String] {
    let names = ["under-voltage", "clock capped", "throttled", "temperature limit"]
    return names.indices.filter { bits >> UInt32($0) & 1 != 0 }.map { "\(names[$0]) now" }
      + names.indices.filter { bits >> UInt32(16 + $0) & 1 != 0 }.map { "\(names[$0]) since start" }
  }
}
