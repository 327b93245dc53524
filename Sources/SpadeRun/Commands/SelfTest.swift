import SpadeInput
import SpadeModel
import SpadeProgram
import SpadeRuntime

extension Command {
  static var selftest: Command {
    Command(
      name: "selftest", abstract: "Checks that this machine paints a model's own test picture.",
      operands: ["model.spade"],
      options: [.isa],
      discussion: """
        Paints the test case that is stored in the model file with every instruction set this CPU
        has, or with the one given, on 1, 2 and 4 threads and on as many as there are cores, and
        compares each picture's checksum with the file's. Prints a line for each; exit code 1 when
        one differs.

          spade-run selftest model.spade
          spade-run selftest model.spade --isa auto
        """
    ) { arguments throws(Stop) in
      let sets = arguments["--isa"] == nil ? KernelSet.supported : [try arguments.kernels()]
      do throws(Failure) { try SelfTest.run(ModelFile(path: arguments.operands[0]), sets) } catch {
        throw .failure(error)
      }
    }
  }
}

/// The comparison behind `selftest`.
private enum SelfTest {
  static func run(_ file: ModelFile, _ sets: [KernelSet]) throws(Failure) {
    let model = file.model
    let (map, style) = model.testCase
    var wrongCount = 0
    for kernels in sets {
      for threadCount in threadCounts {
        let name = "\(kernels.name) on \(threadCount) thread\(threadCount == 1 ? "" : "s")"
        var progress = FrameProgress(name, stepCount: model.stepCount)
        let frame = try withRuntime(model, path: file.path, kernels: kernels, threadCount: threadCount) {
          (runtime) throws(Failure) in
          try runtime.frame(map, style: style, path: file.path) { progress.finished(step: $1) }
        }
        let isRight = frame.checksum == model.testChecksum
        if !isRight { wrongCount += 1 }
        Standard.output(
          name.left(26) + frame.checksum.hexadecimal + (isRight ? "  ok, " : "  WRONG, ")
            + frame.seconds.duration)
      }
    }
    guard wrongCount == 0 else {
      throw Failure(
        "\(wrongCount) of \(sets.count * threadCounts.count) pictures are not those of \(file.path), whose checksum is "
          + "\(model.testChecksum.hexadecimal); this CPU or its memory computes wrongly, or please report this."
      )
    }
    Standard.output("\(file.path): \(sets.count * threadCounts.count) pictures as stored")
  }

  /// One to as many as there are cores, and 1, 2 and 4 everywhere.
  private static let threadCounts = (1...ThreadCount.allowed.upperBound).filter {
    $0 <= ThreadCount.standard || $0 == 2 || $0 == 4
  }
}
