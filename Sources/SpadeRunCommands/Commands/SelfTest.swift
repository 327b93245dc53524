import SpadeInput
import SpadeModel
import SpadeRuntime
import SpadeTools

extension Command {
  static var selftest: Command {
    Command(
      name: "selftest", abstract: "Checks that this machine paints a model's own test picture.",
      operands: ["model.spade"],
      options: [.isa],
      discussion: """
        Paints the test case that is stored in the model file with every instruction set this CPU
        has, or with the one given, on 1, 2 and 4 threads and on as many as there are cores, and
        compares each picture's checksum with the file's. Where the model has a style encoder, the
        style of a test photo is compared as well. Prints a line for each; the exit code is 1 if one
        differs.

          spade-run selftest model.spade
          spade-run selftest model.spade --isa auto
        """
    ) { arguments throws(Stop) in
      let sets = arguments["--isa"] == nil ? KernelSet.supported : [try arguments.kernels()]
      do throws(Failure) { try SelfTest.run(ModelFile(named: arguments.operands[0]), sets) } catch {
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
        let (styleChecksum, frame) = try withRuntime(
          model, path: file.path, kernels: kernels, threadCount: threadCount
        ) { (runtime) throws(Failure) in
          let styleChecksum = try runtime.testStyleChecksum(path: file.path)
          return (
            styleChecksum,
            try runtime.frame(map, style: style, path: file.path) { progress.finished(step: $1) }
          )
        }
        let isPictureRight = frame.checksum == model.testChecksum
        let isStyleRight = styleChecksum == model.testStyleChecksum
        if !isPictureRight || !isStyleRight { wrongCount += 1 }
        let verdict = !isPictureRight ? "WRONG" : !isStyleRight ? "WRONG STYLE" : "ok"
        Standard.output(
          "\(name.left(26))\(frame.checksum.hexadecimal)  \(verdict), \(frame.seconds.duration)")
      }
    }
    let count = sets.count * threadCounts.count
    let results = model.encoder == nil ? "pictures" : "pictures and styles"
    guard wrongCount == 0 else {
      throw Failure(
        "\(wrongCount) of \(count) \(results) are not those of \(file.path), whose picture's checksum is "
          + "\(model.testChecksum.hexadecimal); this CPU or its memory computes wrongly, or please report this."
      )
    }
    Standard.output("\(file.path): \(count) \(results) as stored")
  }

  /// One to as many as there are cores, and 1, 2 and 4 everywhere.
  private static let threadCounts = (1...ThreadCount.allowed.upperBound).filter {
    $0 <= ThreadCount.standard || $0 == 2 || $0 == 4
  }
}
