import ArgumentParser
import Foundation
import SpadeFiles
import SpadeTools

@main
struct Spade: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spade",
    abstract: "Paints pictures from label maps with int8 SPADE (GauGAN) networks.",
    discussion: """
      A checkpoint of the official PyTorch implementation becomes one model file, once; the model file and a label \
      map become a picture, as often as you like:

        spade quantize checkpoints/coco_pretrained -o coco.spade
        spade synthesize coco.spade labels.png --instances ids.png -o out.png

      A label map is a PNG whose values are class ids, or a drawing in the classes' colours. Pictures are the same bytes on every \
      machine, with every instruction set and any number of threads.

      Exit codes: 0 done, 1 an input or output needs attention (one sentence says which and what to do), \
      2 wrong usage.
      """,
    version: "spade \(Version.described)",
    subcommands: [
      Quantize.self, PlanCommand.self, Synthesize.self, ReferenceCommand.self, Evaluate.self, Profile.self,
      Inspect.self, StylesCommand.self, StudioCommand.self, RandomCheckpointCommand.self,
    ])

  static func main() {
    do {
      try reserveMemory()
      // Names of files are bytes, which Swift's own arguments would mend.
      let arguments = CommandLine.unsafeArgv
      let words = (1..<max(Int(CommandLine.argc), 1)).compactMap { arguments[$0].map { FileName.text($0) } }
      var command = try parseAsRoot(words)
      try command.run()
      try Standard.checkOutput()
    } catch let failure as Failure {
      Standard.error("spade: \(failure.sentence)")
      Foundation.exit(1)
    } catch {
      if exitCode(for: error) == .success { exit(withError: error) }
      Standard.error(fullMessage(for: error))
      Foundation.exit(2)
    }
  }
}
