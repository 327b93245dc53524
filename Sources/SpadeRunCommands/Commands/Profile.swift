import SpadeRuntime
import SpadeTools

extension Command {
  static var profile: Command {
    Command(
      name: "profile", abstract: "Shows where the time of a picture goes, step by step.",
      operands: ["model.spade", "labels.png"],
      options: [
        .instances, .palette, .relabel, .fill, .seed, .style, .blend, .z, .threads, .isa,
        Option(name: "--runs", value: "count", help: "Frames to time, after one to warm up; 5 if not given."),
      ],
      discussion: """
        Paints a label map several times, times every step, and prints the table that spade
        profile prints: for each kind of step within a layer and for each block the median time
        and the spread over the runs, its share of the frame, multiply-adds, dense and done, their
        rate, that as a share of the best this CPU can do, and an estimate of the bytes moved.
        Below it: distinct windows of labels, how full the arena is, memory, page faults, clock,
        temperature and throttling where the system shows them.

          spade-run profile coco.spade labels.png --instances instances.png
          spade-run profile style.spade labels.png --seed 7 --threads 1 --runs 20
        """
    ) { arguments throws(Stop) in
      let (kernels, threadCount) = (try arguments.kernels(), try arguments.threadCount())
      let (style, palette) = (try arguments.style(), try arguments.palette())
      let runCount = try arguments.number("--runs", in: 1...10_000) ?? 5
      do throws(Failure) {
        let frame = try FrameInput(
          arguments, style: style, palette: palette, kernels: kernels, threadCount: threadCount)
        let file = frame.file
        let before = SystemState()
        let peak = try ProductPeak(kernels, threadCount: threadCount)
        let profile = try withRuntime(
          file.model, path: file.path, kernels: kernels, threadCount: threadCount
        ) { (runtime) throws(Failure) in
          let start = monotonicTime()
          return try FrameProfile(
            &runtime, frame.map, style: frame.style, path: file.path, runCount: runCount
          ) {
            let seconds = (monotonicTime() - start) / 1_000_000_000
            if seconds >= 2 { Standard.error("\($0) (\(seconds) s)") }
          }
        }
        let report = ProfileReport(
          profile, file: file, labels: arguments.operands[1], kernels: kernels, threadCount: threadCount,
          peak: peak, before: before)
        for line in report.lines { Standard.output(line) }
      } catch {
        throw .failure(error)
      }
    }
  }
}
