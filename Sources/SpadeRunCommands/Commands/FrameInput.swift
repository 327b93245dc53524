import SpadeInput
import SpadeRuntime
import SpadeTools

/// A model and what it is to paint, from the operands and options of `synthesize` and `profile`.
struct FrameInput {
  let file: ModelFile
  let map: LabelMap
  let style: [Float]

  init(
    _ arguments: Arguments, style: StyleSource, palette: LabelReading.Colors?, kernels: KernelSet,
    threadCount: Int
  ) throws(Failure) {
    file = try ModelFile(named: arguments.operands[0])
    let input = NetworkInput(file.model)
    let reading = try LabelReading(
      for: input, classes: file.classes(), colors: palette, relabel: arguments["--relabel"],
      fill: arguments["--fill"])
    map = try reading.map(labels: arguments.operands[1], instances: arguments["--instances"])
    self.style = try style.beside(file.path).styles(
      mapCount: 1, for: input, network: file.path,
      encode: file.photoEncoder(kernels: kernels, threadCount: threadCount))[0]
  }
}
