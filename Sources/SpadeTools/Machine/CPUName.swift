/// The CPU's name in `/proc/cpuinfo`.
enum CPUName {
  /// The name that x86 states; of an ARM core the name that belongs to its numbers; otherwise the numbers.
  static func read(root: String) -> String? {
    let path = "\(root)/proc/cpuinfo"
    if let name = SystemText.field("model name", of: path) { return name }
    guard let implementer = SystemText.field("CPU implementer", of: path),
      let part = SystemText.field("CPU part", of: path)
    else { return nil }
    let known = [
      "0xd03": "Cortex-A53", "0xd04": "Cortex-A35", "0xd05": "Cortex-A55", "0xd07": "Cortex-A57",
      "0xd08": "Cortex-A72", "0xd09": "Cortex-A73", "0xd0a": "Cortex-A75", "0xd0b": "Cortex-A76",
      "0xd41": "Cortex-A78",
    ]
    if implementer == "0x41", let name = known[part] { return name }
    return "implementer \(implementer), part \(part)"
  }
}
