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
      Paints the map in the styles of photos, saved styles and seeds, puts the pictures on a sheet row by row, and prints \
      which is where. spade synthesize with the same seed or file paints the same picture, and with the same --styles each as a \
      file of its own.

      With landscapes and its folder, Models/landscapes or /usr/share/spade/landscapes:

        spade styles landscapes layouts/river.png -o ~/sheet.png
        spade styles landscapes layouts/river.png -o ~/sheet.png --styles seed:20-49
        spade styles landscapes layouts/river.png -o ~/sheet.png \\
          --styles dawn,summer,night,seed:7
      """)

  @Argument(
    help: ArgumentHelp(
      "The model, of a network with a style input: a file, or the name of one that spade list shows.",
      valueName: "model.spade"))
  var model: String

  @Argument(help: ArgumentHelp("The label map.", valueName: "layout.png"))
  var labels: String

  @Option(
    help: ArgumentHelp("The instance map: only borders between its ids count.", valueName: "instances.png"))
  var instances: String?

  @OptionGroup(title: "Label map") var labelOptions: LabelOptions
  @OptionGroup(title: "Label map") var picture: PictureOptions

  @Option(
    help: ArgumentHelp(
      "The styles to paint it in: photos, saved styles, folders of them, seed:7, seed:20-31.",
      valueName: "a.png,b.z,seed:1-9")
  )
  var styles = "seed:0-11"

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
    guard (1...10_000).contains(columns ?? 1) else {
      throw ValidationError("--columns is \(columns ?? 1); give 1 to 10000.")
    }
    if let wrong = Fit.fault(cropsBack: picture.cropBack, labelOptions.fit) { throw ValidationError(wrong) }
    _ = try StyleList(option: styles)
  }

  func run() throws {
    let model = try ModelList.path(of: model)
    let list = try StyleList(option: styles).beside(model)
    let inputs = [model, labels] + [instances, labelOptions.relabel].compactMap { $0 } + list.paths
    let output = try OutputFile(checking: output, inputs: inputs)
    list.tell()
    let kernels = try running.kernels()
    let file = try ModelFile(path: model)
    let reading = try labelOptions.reading(for: file).read(labels: labels, instances: instances)
    reading.tell()
    let content = picture.cropBack ? reading.content : nil
    let sheet = ContactSheet(
      width: picture.scale.rawValue * (content?.width ?? reading.map.width),
      height: picture.scale.rawValue * (content?.height ?? reading.map.height), count: list.entries.count,
      columnCount: columns)
    guard sheet.isAllowed else {
      throw Failure(
        "A sheet of \(sheet.sheetWidth.grouped) by \(sheet.sheetHeight.grouped) pixels is larger than is written; give "
          + "fewer --styles, or other --columns.")
    }
    let progress = StageProgress()
    defer { progress.finish() }
    let encode = file.photoEncoder(kernels: kernels, threadCount: running.threadCount)
    let styles = try list.entries.map { entry in
      if !entry.source.paths.isEmpty { progress.begin("reading \(entry.text)") }
      return try entry.source.styles(
        mapCount: 1, for: NetworkInput(file.model), network: model, encode: encode)[0]
    }
    let painter = try Painter(file, kernels: kernels, threadCount: running.threadCount)
    var (pixels, pictures) = (sheet.blank, [JSONValue]())
    for (index, (entry, style)) in zip(list.entries, styles).enumerated() {
      progress.begin(
        "painting picture \(index + 1) of \(styles.count), \(entry.text)", (index, styles.count))
      let frame = try painter.paint(reading.map, style: style)
      let painted = try PaintedMap(
        frame, of: file.model, content: content, enlargement: picture.scale, path: output.path)
      sheet.place(painted.picture.bytes, at: index, on: &pixels)
      pictures.append(report(frame, entry, at: index, on: sheet))
    }
    progress.finish()
    try output.write(Picture(width: sheet.sheetWidth, height: sheet.sheetHeight, bytes: pixels))
    guard json else { return list.report(sheet, output) }
    Standard.output(
      file.report(
        "styles", kernels: kernels, threadCount: running.threadCount,
        [("path", .text(output.path)), ("pictures", .array(pictures))]))
  }

  private func report(
    _ frame: Frame, _ entry: StyleList.Entry, at index: Int, on sheet: ContactSheet
  ) -> JSONValue {
    .object([
      ("style", .text(entry.text)), ("row", .number(index / sheet.columnCount)),
      ("column", .number(index % sheet.columnCount)), ("seconds", .decimal(frame.seconds, digits: 6)),
      ("checksum", .text(frame.checksum.hexadecimal)),
    ])
  }
}

extension StyleList {
  /// Prints where on a sheet each style is.
  fileprivate func report(_ sheet: ContactSheet, _ output: OutputFile) {
    output.report(
      "\(output.path): \(entries.count) picture\(entries.count == 1 ? "" : "s") of \(sheet.width)x\(sheet.height), \(sheet.columnCount) in a row"
    )
    for row in 0..<sheet.rowCount {
      let names = entries[row * sheet.columnCount..<min((row + 1) * sheet.columnCount, entries.count)]
      output.report("row \(row + 1): \(names.map(\.shortText).joined(separator: ", "))")
    }
  }
}
