import SpadeFiles
import SpadeImage
import SpadeInput
import SpadeModel
import SpadeRuntime

/// Painting label maps, as `synthesize` does in both programs.
package enum Synthesis {
  /// Paints what is asked for, writes the pictures and reports their times and the memory.
  package static func run(_ request: SynthesisRequest) throws(Failure) {
    let request = try request.withFiles()
    if request.makesFolder { try FolderSynthesis.run(request) } else { try paint(request) }
  }

  private static func paint(_ request: SynthesisRequest) throws(Failure) {
    // Maps that are not there are told before an output that does not go with one map.
    if request.labels != "-", FileIdentity(request.labels)?.isThere == false {
      _ = try File.content(request.labels)
    }
    let output = try OutputFile(checking: request.output, inputs: request.inputs)
    let styleFile: OutputFile? =
      if let path = request.styleOutput {
        try OutputFile(checking: path, inputs: request.inputs, others: [output])
      } else { nil }
    let mapFile: OutputFile? =
      if let path = request.mapOutput {
        try OutputFile(
          checking: path, inputs: request.inputs, others: [output] + (styleFile.map { [$0] } ?? []))
      } else { nil }
    let file = try ModelFile(path: request.model)
    let input = try request.reading(for: file).read(labels: request.labels, instances: request.instances)
    input.tell()
    let (kernels, threadCount) = (request.kernels, request.threadCount)
    let style = try request.source.styles(
      mapCount: 1, for: NetworkInput(file.model), network: file.path,
      encode: file.photoEncoder(kernels: kernels, threadCount: threadCount))[0]
    guard styleFile == nil || !style.isEmpty else {
      throw Failure("\(file.path) has no style input, so there is none to save; leave --save-style out.")
    }
    var progress = FrameProgress("painting", stepCount: file.model.stepCount)
    let frame = try withRuntime(file.model, path: file.path, kernels: kernels, threadCount: threadCount) {
      (runtime) throws(Failure) in
      try runtime.frame(input.map, style: style, path: file.path) {
        if !request.isQuiet { progress.finished(step: $1) }
      }
    }
    let content = request.cropsBack ? input.content : nil
    let painted = try PaintedMap(
      frame, of: file.model, content: content, enlargement: request.enlargement, path: output.path)
    try output.write(painted.picture)
    try styleFile?.write(SavedStyle(style).bytes)
    if let mapFile { try mapFile.write(input.map, content, colors: file.classes().map { $0.color }) }
    guard !request.printsJSON else {
      return Standard.output(
        report(request, file, [painted.json(path: output.path, labels: request.labels, style: nil)]))
    }
    guard !request.isQuiet else { return }
    output.report(
      "\(output.path): \(painted.size) in \(frame.seconds.duration) with \(kernels.name) on "
        + "\(threadCount) thread\(threadCount == 1 ? "" : "s")")
    output.report(
      "arena \(frame.arenaByteCount.grouped) bytes, model file \(file.byteCount.grouped) bytes, picture "
        + "\(frame.checksum.hexadecimal) (XXH64)")
  }

  static func report(_ request: SynthesisRequest, _ file: ModelFile, _ pictures: [JSONValue]) -> String {
    file.report(
      "synthesize", kernels: request.kernels, threadCount: request.threadCount,
      [("pictures", .array(pictures))])
  }
}

extension ModelFile {
  /// What `--json` prints of a command that painted: the model and how it ran, and then the command's own `members`.
  package func report(
    _ command: String, kernels: KernelSet, threadCount: Int, _ members: [(String, JSONValue)]
  ) -> String {
    JSONValue.report(
      command,
      [
        ("model", .text(path)), ("model_bytes", .number(byteCount)),
        ("arena_bytes", .number(Runtime.arenaByteCount(model: model, threadCount: threadCount))),
        ("isa", .text(kernels.name)), ("threads", .number(threadCount)),
      ] + members
    ).text
  }
}

/// A frame as it is written.
package struct PaintedMap {
  package let picture: Picture
  let seconds: Double
  /// Of the whole frame.
  let checksum: UInt64

  /// - Parameters:
  ///   - content: The part to keep, if not all of it.
  ///   - enlargement: Of that part.
  ///   - path: Of the file to write, for messages.
  package init(
    _ frame: Frame, of model: Model, content: PixelArea?, enlargement: Enlargement, path: String
  ) throws(Failure) {
    seconds = frame.seconds
    checksum = frame.checksum
    do throws(ImageError) {
      let whole = try Picture(width: model.width, height: model.height, bytes: frame.picture)
      let kept = if let content { try whole.cropped(to: content) } else { whole }
      picture = try kept.enlarged(enlargement)
    } catch {
      throw Failure(path, error)
    }
  }

  var size: String { "\(picture.width)x\(picture.height)" }

  func json(path: String, labels: String, style: String?) -> JSONValue {
    .object([
      ("path", .text(path)), ("labels", .text(labels)), ("style", style.map { .text($0) } ?? .null),
      ("width", .number(picture.width)), ("height", .number(picture.height)),
      ("seconds", .decimal(seconds, digits: 6)), ("checksum", .text(checksum.hexadecimal)),
    ])
  }
}
