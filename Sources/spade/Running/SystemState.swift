import Foundation

/// What Linux tells about the CPU's clock and temperature. Boards differ in what they show.
struct SystemState: Encodable {
  struct Temperature: Encodable {
    let zone: String
    let celsius: Double
  }

  /// Of each core that shows it, in MHz.
  let clocksMhz: [Double]
  let temperatures: [Temperature]
  /// What holds the CPU back now or has done so since it started, on a Raspberry Pi; `nil` where nobody tells.
  let throttling: [String]?

  /// - Parameter root: Where `/sys` is found, for tests.
  init(root: String = "") {
    let cores = "\(root)/sys/devices/system/cpu"
    clocksMhz = Self.folders(cores, prefix: "cpu").compactMap { name in
      Self.number("\(cores)/\(name)/cpufreq/scaling_cur_freq").map { $0 / 1000 }
    }
    let zones = "\(root)/sys/class/thermal"
    temperatures = Self.folders(zones, prefix: "thermal_zone").compactMap { name in
      Self.number("\(zones)/\(name)/temp").map {
        Temperature(zone: Self.text("\(zones)/\(name)/type") ?? name, celsius: $0 / 1000)
      }
    }
    throttling = Self.text("\(root)/sys/devices/platform/soc/soc:firmware/get_throttled")
      .flatMap { UInt32($0.hasPrefix("0x") ? String($0.dropFirst(2)) : $0, radix: 16) }
      .map(Self.throttling)
  }

  /// The firmware's bits: now in 0 … 3, since the start in 16 … 19.
  private static func throttling(_ bits: UInt32) -> [String] {
    let names = ["under-voltage", "clock capped", "throttled", "temperature limit"]
    return names.indices.filter { bits >> $0 & 1 != 0 }.map { "\(names[$0]) now" }
      + names.indices.filter { bits >> (16 + $0) & 1 != 0 }.map { "\(names[$0]) since start" }
  }

  private static func folders(_ path: String, prefix: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.compactMap { name in
      name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)).map { (name, $0) } : nil
    }
    .sorted { $0.1 < $1.1 }.map(\.0)
  }

  private static func text(_ path: String) -> String? {
    guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
    return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func number(_ path: String) -> Double? { text(path).flatMap(Double.init) }
}

/// What this process has used.
struct ProcessUse {
  let minorFaultCount: Int
  let majorFaultCount: Int

  /// Up to now.
  init() {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    minorFaultCount = Int(usage.ru_minflt)
    majorFaultCount = Int(usage.ru_majflt)
  }

  /// The largest resident memory so far, in bytes, or `nil` without `/proc`.
  static var peakByteCount: Int? {
    guard let status = FileManager.default.contents(atPath: "/proc/self/status") else { return nil }
    for line in String(decoding: status, as: UTF8.self).split(separator: "\n") where line.hasPrefix("VmHWM:")
    {
      return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map {
        $0 * 1024
      }
    }
    return nil
  }
}
