import ArgumentParser
import Foundation
import SpadeRuntime

/// How the int8 runtime runs. Neither option changes the picture.
struct RunOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Threads, 1 to 64; the number of cores if not given.", valueName: "count"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Instruction set: \(KernelSet.names.joined(separator: ", ")), or auto for the fastest this CPU runs.",
      valueName: "name"))
  var isa = "auto"

  func validate() throws {
    if let threads, !(1...64).contains(threads) {
      throw ValidationError("--threads is \(threads); give 1 to 64.")
    }
  }

  var threadCount: Int { threads ?? Self.coreCount }

  static var coreCount: Int { min(max(ProcessInfo.processInfo.activeProcessorCount, 1), 64) }

  func kernels() throws -> KernelSet {
    if isa == "auto" { return .best }
    for index in 0..<KernelSet.count where KernelSet.names[index] == isa {
      if let set = KernelSet.supported(at: index) { return set }
    }
    let supported = KernelSet.names.indices.filter { KernelSet.supported(at: $0) != nil }
    throw Failure(
      "--isa \(isa) is not an instruction set of this CPU; give "
        + "\(supported.map { KernelSet.names[$0] }.joined(separator: ", ")) or auto.")
  }
}

extension KernelSet {
  /// Of the compiled sets, slowest first.
  static var names: [String] { (0..<count).map { String(cString: name(at: $0)) } }

  var name: String { Self.names[index] }
}
