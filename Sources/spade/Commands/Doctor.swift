import ArgumentParser
import SpadeTools

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what this machine is and whether a model fits.",
    discussion: """
      Prints the board, the CPU and its instruction sets, the kernels chosen, cores, memory, page size, clock, governor, \
      temperature, and what held the CPU back. With a model file also the memory it takes with each number of threads, whether \
      that is free now, and on a board of the project's Targets folder how long a picture is predicted to take. Ends with what \
      the system does not show. A report of a fault should have the JSON.

        spade doctor
        spade doctor coco.spade --json
      """)

  @Argument(
    help: ArgumentHelp("A model: a file, or the name of one that spade list shows.", valueName: "model.spade")
  )
  var model: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    var report = MachineReport()
    if let model { try report.add(ModelFile(named: model)) }
    Standard.output(json ? report.json.text : report.lines.joined(separator: "\n"))
  }
}
