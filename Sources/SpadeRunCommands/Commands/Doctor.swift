import SpadeTools

extension Command {
  static var doctor: Command {
    Command(
      name: "doctor", abstract: "Shows what this machine is and whether a model fits.",
      operands: ["model.spade"], requiredCount: 0,
      options: [Option(name: "--json", help: "Print JSON, as a report of a fault should have.")],
      discussion: """
        Prints the board, the CPU and its instruction sets, the kernels chosen, cores, memory,
        page size, clock, governor, temperature, and what held the CPU back (under-voltage,
        throttling). With a model file also the memory it takes with each number of threads, whether
        that is free now and, on a board of the project's Targets folder, how long a picture is
        predicted to take. Ends with what the system does not show.

          spade-run doctor
          spade-run doctor coco.spade
        """
    ) { arguments throws(Stop) in
      var report = MachineReport()
      if let path = arguments.operands.first {
        do throws(Failure) { try report.add(ModelFile(named: path)) } catch { throw .failure(error) }
      }
      Standard.output(arguments.has("--json") ? report.json.text : report.lines.joined(separator: "\n"))
    }
  }
}
