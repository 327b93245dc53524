import SpadeFiles
import SpadeImage
import SpadeInput
import SpadeModel
import SpadeRuntime

/// What `animate` was asked for, in both programs.
package struct AnimationRequest {
  /// A path, or a name as `ModelList` finds it.
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
  /// Whether what `Fit.pad` added is cut off the frames again.
  package var cropsBack = false
  /// Of the frames.
  package var enlargement = Enlargement.none
  /// Whether frames of a longer film are removed from the output's folder.
  package var isForced = false

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
    let model = try ModelList.path(of: model)
    let styles = try styles.beside(model)
    let file = try ModelFile(path: model)
    let input = NetworkInput(file.model)
    var inputs = [model] + [instances].compactMap { $0 } + styles.paths
    let readings = try readings(by: reading(file), &inputs)
    let content = try cropsBack ? content(of: readings) : nil
    let encode = file.photoEncoder(kernels: kernels, threadCount: threadCount)
    styles.tell()
    var keys: [[Float]] = []
    for entry in styles.entries {
      keys.append(try entry.source.styles(mapCount: 1, for: input, network: model, encode: encode)[0])
    }
    let animation = Animation(keys: keys, mapCount: readings.count, frameCount: frameCount, easing: easing)
    let count = animation.styles.count
    if Animation.Form(output) == .folder {
      try FrameFolder.clear(output, frameCount: count, inputs: inputs, isForced: isForced)
    }
    if let note = Animation.note(keyCount: keys.count, mapCount: readings.count, frameCount: count) {
      Standard.error(note)
    }
    let painter = try Painter(file, kernels: kernels, threadCount: threadCount)
    let start = monotonicTime()
    try animation.write(
      to: output, rate: framesPerSecond, inputs: inputs, maps: readings.map { $0.map }, content: content,
      enlargement: enlargement, with: painter)
    let scale = enlargement.rawValue
    report(
      count, "\(scale * (content?[0].width ?? input.width))x\(scale * (content?[0].height ?? input.height))",
      seconds: Double(monotonicTime() - start) / 1e9)
  }

  /// The maps, with notes.
  /// - Parameter inputs: Gets the files of them.
  private func readings(
    by reading: LabelReading, _ inputs: inout [String]
  ) throws(Failure) -> [LabelReading.Reading] {
    guard Folder.isThere(labels) else {
      inputs.append(labels)
      let map = try reading.read(labels: labels, instances: instances)
      map.tell()
      return [map]
    }
    let folder = try LabelFolder(path: labels, instances: instances, hasEdges: reading.hasEdges)
    inputs += folder.paths
    let maps = try folder.readings(by: reading)
    if let note = maps.compactMap({ $0.shapeNote }).first { Standard.error(note) }
    return maps
  }

  private func report(_ count: Int, _ size: String, seconds: Double) {
    let line =
      "\(output == "-" ? "standard output" : output): \(count) frame\(count == 1 ? "" : "s") of \(size) in "
      + "\(seconds.duration) with \(kernels.name) on \(threadCount) thread\(threadCount == 1 ? "" : "s")"
    if output == "-" { Standard.error(line) } else { Standard.output(line) }
  }

  /// Where each map's own pixels are in its frames: areas of one size, as the frames of a film have.
  private func content(of readings: [LabelReading.Reading]) throws(Failure) -> [PixelArea] {
    let areas = readings.map { $0.content }
    guard areas.allSatisfy({ $0.width == areas[0].width && $0.height == areas[0].height }) else {
      throw Failure(
        "The maps of \(labels) differ in shape, and --crop-back would give frames of several sizes; give maps of one shape, or leave "
          + "--crop-back out.")
    }
    return areas
  }
}
