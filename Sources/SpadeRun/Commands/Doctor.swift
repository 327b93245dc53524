import SpadeProgram

extension Command {
  static var doctor: Command {
    Command(
      name: "doctor", abstract: "Shows what this machine is and whether a model fits.",
      operands: ["model.spade"], requiredCount: 0,
      discussion: """
        Prints the board, the CPU and its instruction sets, the kernels chosen, cores, memory,
        page size, clock, governor, temperature, and what held the CPU back (under-voltage,
        throttling). With a model file also the memory it takes with each number of threads, and
        whether that is free now. Ends with what the system does not show.

          spade-run doctor
          spade-run doctor coco.spade
        """
    ) { arguments throws(Stop) in
      var report = MachineReport()
      if let path = arguments.operands.first {
        do throws(Failure) { report.add(try ModelFile(path: path)) } catch { throw .failure(error) }
      }
      for line in report.lines { Standard.output(line) }
    }
  }
}
