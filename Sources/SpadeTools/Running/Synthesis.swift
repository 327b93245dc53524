import SpadeImage
import SpadeInput
import SpadeModel
import SpadeRuntime

/// Painting one label map, as `synthesize` does in both programs.
package enum Synthesis {
  /// Paints the map, writes the picture and reports its time and the memory.
  /// - Parameters:
  ///   - map: Of the model's size.
  ///   - styleFile: Where the style goes, if it is to be saved.
  package static func run(
    _ file: ModelFile, _ map: LabelMap, style: [Float], kernels: KernelSet, threadCount: Int,
    to output: OutputFile, styleFile: OutputFile?
  ) throws(Failure) {
    let model = file.model
    guard styleFile == nil || !style.isEmpty else {
      throw Failure("\(file.path) has no style input, so there is none to save; leave --save-style out.")
    }
    var progress = FrameProgress("painting", stepCount: model.stepCount)
    let frame = try withRuntime(model, path: file.path, kernels: kernels, threadCount: threadCount) {
      (runtime) throws(Failure) in
      try runtime.frame(map, style: style, path: file.path) { progress.finished(step: $1) }
    }
    let picture: Picture
    do { picture = try Picture(width: model.width, height: model.height, bytes: frame.picture) } catch {
      throw Failure(output.path, error)
    }
    try output.write(picture)
    try styleFile?.write(SavedStyle(style).bytes)
    output.report(
      "\(output.path): \(model.width)x\(model.height) in \(frame.seconds.duration) with \(kernels.name) on "
        + "\(threadCount) thread\(threadCount == 1 ? "" : "s")")
    output.report(
      "arena \(frame.arenaByteCount.grouped) bytes, model file \(file.byteCount.grouped) bytes, picture "
        + "\(frame.checksum.hexadecimal) (XXH64)")
  }
}
