import SpadeFiles
import SpadeInput
import SpadeModel
import SpadeRuntime

/// What `animate` was asked for, in both programs.
package struct AnimationRequest {
  package let model: String
  package let labels: String
  package let instances: String?
  package let output: String
  package let styles: StyleList
  package let frameCount: Int?
  package let easing: Animation.Easing
  package let framesPerSecond: Int
  package let kernels: KernelSet
  package let threadCount: Int

  package init(
    model: String, labels: String, instances: String?, output: String, styles: StyleList, frameCount: Int?,
    easing: Animation.Easing, framesPerSecond: Int, kernels: KernelSet, threadCount: Int
  ) {
    self.model = model
    self.labels = labels
    self.instances = instances
    self.output = output
    self.styles = styles
    self.frameCount = frameCount
    self.easing = easing
    self.framesPerSecond = framesPerSecond
    self.kernels = kernels
    self.threadCount = threadCount
  }

  /// - Parameter reading: How label maps become a network's ids.
  package func run(_ reading: (ModelFile) throws(Failure) -> LabelReading) throws(Failure) {
    let file = try ModelFile(path: model)
    let input = NetworkInput(file.model)
    let reading = try reading(file)
    var inputs = [model] + [instances].compactMap { $0 } + styles.paths
    let maps: [LabelMap]
    if Folder.isThere(labels) {
      let folder = try LabelFolder(path: labels, instances: instances, hasEdges: input.hasEdges)
      inputs += folder.paths
      maps = try folder.maps(by: reading)
    } else {
      inputs.append(labels)
      maps = [try reading.map(labels: labels, instances: instances)]
    }
    let encode = file.photoEncoder(kernels: kernels, threadCount: threadCount)
    var keys: [[Float]] = []
    for entry in styles.entries {
      keys.append(try entry.source.styles(mapCount: 1, for: input, network: model, encode: encode)[0])
    }
    let animation = Animation(keys: keys, mapCount: maps.count, frameCount: frameCount, easing: easing)
    let painter = try Painter(file, kernels: kernels, threadCount: threadCount)
    let start = monotonicTime()
    try animation.write(to: output, rate: framesPerSecond, inputs: inputs, maps: maps, with: painter)
    let seconds = Double(monotonicTime() - start) / 1e9
    let line =
      "\(output == "-" ? "standard output" : output): \(animation.styles.count) frames of \(input.width)x\(input.height) in "
      + "\(seconds.duration) with \(kernels.name) on \(threadCount) thread\(threadCount == 1 ? "" : "s")"
    if output == "-" { Standard.error(line) } else { Standard.output(line) }
  }
}
