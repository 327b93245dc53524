import ArgumentParser
import SpadeFiles
import SpadeImage
import SpadeInput
import SpadeQuantize
import SpadeTools

struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Paints a label map with a checkpoint, in float32.",
    discussion: """
      What the official implementation computes: the answer that a model file approximates.

      The output is a PNG or, if its name ends in .npy, the values before they become bytes: float32 in -1...1, of shape \
      [3, height, width]. For a folder of label maps it is an .npy file of shape [maps, 3, height, width], in the order of the names, or a \
      folder of PNGs under the maps' names, each written when it is painted: pictures that are there already stay, so that work that was \
      stopped goes on, or are painted anew with --force. Instance maps then come from the folder that --instances names, or from \
      instances/ beside the labels.

      In a PNG a value v in -1...1 is the byte (v + 1) / 2 · 255, clamped to 0...255 and rounded down, as the official implementation \
      writes pictures and spade evaluate compares them.

      It is made to be right: its time is no float32 baseline to compare speeds with. Benchmarks/peers measures those of other \
      runtimes.

        spade reference checkpoints/coco_pretrained labels.png \\
          --instances instances.png -o picture.png
        spade reference checkpoints/coco_pretrained maps/labels -o float32/
        spade reference checkpoints/style_pretrained labels/ --z z.npy -o pictures.npy
      """)

  @Argument(help: ArgumentHelp("A checkpoint folder or a generator's file.", valueName: "checkpoint"))
  var checkpoint: String

  @Argument(help: ArgumentHelp("A label map, or a folder of them.", valueName: "labels.png"))
  var labels: String

  @Option(help: ArgumentHelp("The instance map, or the folder of them.", valueName: "instances.png"))
  var instances: String?

  @OptionGroup(title: "Label maps") var labelOptions: LabelOptions
  @OptionGroup(title: "Style") var style: StyleOptions

  @Option(
    help: ArgumentHelp(
      "Also write what the encoder makes of --style: mean and log-variance, shape [2, n].",
      valueName: "style.npy"))
  var styleOutput: String?

  @OptionGroup(title: "Network (what the checkpoint does not tell)") var network: NetworkOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The picture or array to write, or a folder of pictures for a folder of label maps.",
      valueName: "picture.png|.npy|folder"))
  var output: String

  @Flag(help: "Paint pictures of a folder that are there already anew.")
  var force = false

  func validate() throws {
    if let wrong = OutputFile.fault(ofPicture: output) { throw ValidationError(wrong) }
    if styleOutput != nil && style.style == nil {
      throw ValidationError("--style-output needs --style photo.png.")
    }
  }

  func run() throws {
    let files = try CheckpointFolder(option: checkpoint)
    let source = try style.source()
    let inputs = files.paths + [labels] + [instances, labelOptions.relabel].compactMap { $0 } + source.paths
    let isArray = OutputFile.namesArray(output)
    let isFolder = Folder.isThere(labels)
    if isFolder, !isArray, output == "-" || OutputFile.namesPicture(output) {
      throw ValidationError(
        "A folder of label maps makes a folder of pictures or an .npy file; give -o the name of a folder, or one that ends in .npy."
      )
    }
    let file = isFolder && !isArray ? nil : try OutputFile(checking: output, inputs: inputs)
    let styleFile = try styleOutput.map {
      try OutputFile(checking: $0, inputs: inputs, others: [file].compactMap { $0 })
    }
    let progress = StageProgress()
    defer { progress.finish() }
    progress.begin("reading \(checkpoint)")
    let loaded = try LoadedCheckpoint(files, options: network)
    let input = loaded.input
    let reading = try labelOptions.reading(for: input, classes: [])
    let maps: [LabelMap]
    var pictures: PictureFolder?
    if isFolder {
      let folder = try LabelFolder(path: labels, instances: instances, hasEdges: reading.hasEdges)
      for file in [file, styleFile].compactMap({ $0 }) { try file.check(against: folder.paths) }
      maps = try folder.maps(by: reading)
      if file == nil {
        pictures = try PictureFolder(output, for: folder, inputs: inputs)
        try styleOutput.map { try pictures?.check($0) }
        if let note = folder.nameNote { Standard.error(note) }
      }
    } else {
      maps = [try reading.map(labels: labels, instances: instances)]
    }
    let encoder = Cached { try loaded.encoder() }
    let photos = PhotoEncoding(network: loaded.folder.generatorPath, encoder: encoder.value)
    let styles = try source.styles(
      mapCount: maps.count, for: input, network: loaded.folder.generatorPath, encode: photos.mean)
    if let styleFile, let path = style.style {
      let (mean, logVariance) = try photos.distribution(Picture(path: path))
      try styleFile.write(NPYArray(shape: [2, mean.count], values: mean + logVariance).npyBytes)
    }

    if isArray {
      // The values, and the file made of them.
      try requireMemory(4 * 3 * input.width * input.height * 4 * maps.count, for: labels)
    }
    let todo = maps.indices.filter { force || pictures?.isThere(ofMap: $0) != true }
    if todo.count < maps.count {
      Standard.error(
        "note: \(maps.count - todo.count) of \(maps.count) pictures are in \(output) already and stay; --force paints them anew."
      )
    }
    let reference = Reference(loaded.generator)
    var values: [Float] = []
    let start = ContinuousClock.now
    for (place, index) in todo.enumerated() {
      progress.begin("painting map \(place + 1) of \(todo.count)", (place, todo.count))
      let tensor = reference.picture(labels: maps[index], style: input.styleCount > 0 ? styles[index] : nil)
      func picture() throws(ImageError) -> Picture {
        try Picture(width: input.width, height: input.height, bytes: tensor.rgb8())
      }
      if isArray { values += tensor.values } else { try file?.write(picture()) }
      try pictures?.write(ofMap: index, picture)
    }
    let time = "in \(((ContinuousClock.now - start) / .seconds(1)).duration) in float32"
    if isArray {
      let shape = [3, input.height, input.width]
      try file?.write(NPYArray(shape: isFolder ? [maps.count] + shape : shape, values: values).npyBytes)
    }
    let size = "\(input.width)x\(input.height)"
    if let file {
      file.report("\(file.path): \(size) \(time)")
    } else {
      Standard.output("\(output): \(todo.count) picture\(todo.count == 1 ? "" : "s") of \(size) \(time)")
    }
  }
}

/// A value that is made once, when it is first asked for.
private final class Cached<Value> {
  private let make: () throws -> Value
  private var made: Value?

  init(_ make: @escaping () throws -> Value) { self.make = make }

  func value() throws -> Value {
    if let made { return made }
    let value = try make()
    made = value
    return value
  }
}
