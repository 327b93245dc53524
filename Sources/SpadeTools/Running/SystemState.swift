import CSpadeSystem
import SpadeImage

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

/// The small text files in which Linux shows what it knows.
package enum SystemText {
  private static let byteLimit = 1 << 20

  /// The text without line ends and zeros at its end, or `nil` where there is none to read.
  package static func read(_ path: String) -> String? {
    guard var bytes = try? File.read(path, byteLimit: byteLimit) else { return nil }
    while let last = bytes.last, last == 0 || last == 0x0A || last == 0x20 { bytes.removeLast() }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  package static func number(_ path: String) -> Int? { read(path).flatMap { Int($0) } }

  /// What follows `key`, spaces and a colon on the first line of `path` that begins with it.
  package static func field(_ key: String, of path: String) -> String? {
    guard let text = read(path) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix(key) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      return String(line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" })
    }
    return nil
  }

  /// A number of kB, as `/proc` has it, in bytes.
  package static func byteCount(_ key: String, of path: String) -> Int? {
    field(key, of: path)?.split(separator: " ").first.flatMap { Int($0) }.map { $0 * 1024 }
  }
}

/// What this process has used.
package struct ProcessUse {
  package let minorFaultCount: Int
  package let majorFaultCount: Int

  /// Up to now.
  package init() {
    let faults = spade_page_faults()
    minorFaultCount = Int(faults.minor)
    majorFaultCount = Int(faults.major)
  }

  /// The largest resident memory so far, in bytes, or `nil` without `/proc`.
  package static var peakByteCount: Int? { SystemText.byteCount("VmHWM", of: "/proc/self/status") }
}
