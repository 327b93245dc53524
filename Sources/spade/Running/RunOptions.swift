import ArgumentParser
import SpadeRuntime
import SpadeTools

/// How the int8 runtime runs. Neither option changes the picture.
struct RunOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads, 1 to 64; the number of cores if not given.", valueName: "count"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Instruction set: \(KernelSet.names.joined(separator: ", ")), or auto for the fastest this CPU runs.",
      valueName: "name"))
  var isa = "auto"

  func validate() throws {
    if let threads, !ThreadCount.allowed.contains(threads) {
      throw ValidationError("--threads is \(threads); give 1 to 64.")
    }
    do { _ = try kernels() } catch let failure as Failure { throw ValidationError(failure.sentence) }
  }

  var threadCount: Int { threads ?? ThreadCount.standard }

  func kernels() throws -> KernelSet { try .named(isa) }
}
