import ArgumentParser
import SpadeImage
import SpadeInput
import SpadeRuntime
import SpadeTools

struct StylesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "styles",
    abstract: "Paints a label map in many styles, on one contact sheet.",
    discussion: """
      Paints the map in the styles of consecutive seeds, or of the photos and saved styles that --style names, puts the \
      pictures on a sheet row by row, and prints which is where. spade synthesize with the same seed or \
      file paints the same picture.

        spade styles model.spade layout.png -o sheet.png --count 12
        spade styles model.spade layout.png -o sheet.png \\
          --style dawn.png --style noon.png --style night.z
      """)

  @Argument(help: ArgumentHelp("The model file, of a network with a style input.", valueName: "model.spade"))
  var model: String

  @Argument(help: ArgumentHelp("The label map.", valueName: "layout.png"))
  var labels: String

  @Option(
    help: ArgumentHelp("The instance map: only borders between its ids count.", valueName: "instances.png"))
  var instances: String?

  @OptionGroup(title: "Label map") var labelOptions: LabelOptions

  @Option(parsing: .unconditional, help: ArgumentHelp("Seeds to paint; 12 if not given.", valueName: "count"))
  var count: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("The first seed; 0 if not given.", valueName: "number"))
  var seed: UInt64?

  @Option(
    help: ArgumentHelp(
      "A photo or a saved style instead of seeds; as often as you like.", valueName: "photo.png|style.z"))
  var style: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Pictures side by side; if not given, as few as make the sheet no higher than wide.", valueName: "count"
    ))
  var columns: Int?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: "Running") var running: RunOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The sheet to write.", valueName: "sheet.png"))
  var output: String

  func validate() throws {
    if let wrong = OutputFile.fault(ofPicture: output) { throw ValidationError(wrong) }
    if json, output == "-" { throw ValidationError("--json and -o - both print; give one of them.") }
    guard style.isEmpty || (count == nil && seed == nil) else {
      throw ValidationError("--style paints files instead of seeds; leave --count and --seed out.")
    }
    for (name, value) in [("--count", count), ("--columns", columns)] {
      guard (1...10_000).contains(value ?? 1) else {
        throw ValidationError("\(name) is \(value ?? 1); give 1 to 10000.")
      }
    }
    guard !(seed ?? 0).addingReportingOverflow(UInt64(count ?? 12) - 1).overflow else {
      throw ValidationError("--seed and --count go beyond the last seed, \(UInt64.max).")
    }
  }

  /// A style of the sheet and what it is called in the list.
  private var sources: [(name: String, source: StyleSource)] {
    guard style.isEmpty else { return style.map { ($0, .file(path: $0)) } }
    let first = seed ?? 0
    return (0..<UInt64(count ?? 12)).map { ("seed \(first + $0)", .seed(first + $0)) }
  }

  func run() throws {
    let sources = sources
    let inputs =
      [model, labels] + [instances, labelOptions.relabel].compactMap { $0 }
      + sources.flatMap { $0.source.paths }
    let output = try OutputFile(checking: output, inputs: inputs)
    let kernels = try running.kernels()
    let file = try ModelFile(path: model)
    let map = try labelOptions.reading(for: file).map(labels: labels, instances: instances)
    let sheet = ContactSheet(
      width: map.width, height: map.height, count: sources.count, columnCount: columns)
    guard sheet.isAllowed else {
      throw Failure(
        "A sheet of \(sheet.sheetWidth.grouped) by \(sheet.sheetHeight.grouped) pixels is larger than is written; give "
          + "a smaller --count, or other --columns.")
    }
    let progress = StageProgress()
    defer { progress.finish() }
    let styles = try sources.map { name, source in
      if !style.isEmpty { progress.begin("reading \(name)") }
      return try source.styles(
        mapCount: 1, for: NetworkInput(file.model), network: model,
        encode: file.photoEncoder(kernels: kernels, threadCount: running.threadCount))[0]
    }
    var pixels = sheet.blank
    var pictures: [JSONValue] = []
    try withRuntime(file.model, path: model, kernels: kernels, threadCount: running.threadCount) {
      (runtime) throws(Failure) in
      for (index, style) in styles.enumerated() {
        progress.begin(
          "painting picture \(index + 1) of \(styles.count), \(sources[index].name)", (index, styles.count))
        let frame = try runtime.frame(map, style: style, path: model)
        sheet.place(frame.picture, at: index, on: &pixels)
        pictures.append(
          .object([
            ("style", .text(sources[index].name)), ("row", .number(index / sheet.columnCount)),
            ("column", .number(index % sheet.columnCount)), ("seconds", .decimal(frame.seconds, digits: 6)),
            ("checksum", .text(frame.checksum.hexadecimal)),
          ]))
      }
    }
    progress.finish()
    try output.write(Picture(width: sheet.sheetWidth, height: sheet.sheetHeight, bytes: pixels))
    guard !json else {
      return Standard.output(
        file.report(
          "styles", kernels: kernels, threadCount: running.threadCount,
          [("path", .text(output.path)), ("pictures", .array(pictures))]))
    }
    output.report(
      "\(output.path): \(sources.count) pictures of \(map.width)x\(map.height), \(sheet.columnCount) in a row"
    )
    for row in 0..<sheet.rowCount {
      let names = sources[row * sheet.columnCount..<min((row + 1) * sheet.columnCount, sources.count)]
      output.report("row \(row + 1): \(names.map(\.name).joined(separator: ", "))")
    }
  }
}
