import ArgumentParser
import SpadeInput
import SpadeQuantize
import SpadeRuntime
import SpadeTools

struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how far a model file's pictures are from float32.",
    discussion: """
      Paints every label map of a folder twice, with the model file and, in float32, with the checkpoint it was made from, \
      and compares the 8-bit pictures: PSNR in dB, SSIM, and the largest difference between two bytes, for each map, their mean and the \
      worst. For each layer it gives the signal-to-quantisation-noise ratio (SQNR) of the layer's output, in dB over all maps.

      Both pictures are of bytes: a value v in -1...1 becomes (v + 1) / 2 · 255, clamped to 0...255 and rounded down, as the official \
      implementation writes pictures.

      PSNR is 10 log10(255² / mean squared difference) over all bytes of a picture, red, green and blue. SSIM is that of Wang et al. \
      (2004) with Gaussian windows of 11 by 11 pixels and a deviation of 1.5 pixels, K1 0.01, K2 0.03 and L 255: the mean over every \
      window inside the picture and over red, green and blue, not of the luma.

      --pictures writes for each map one PNG of three pictures side by side: float32, the model's, and the difference of the two \
      times \(ComparedPictures.factor), black where they are equal.

      --sources takes the errors apart: it paints every map in float32 with one source of error at a time, and with all but \
      one, and counts the values beyond the codes. That takes 16 more pictures in float32 a map. --sources-picture draws it as \
      well, with a bar for each layer. Figures are of the mean squared difference over all maps; inf stands for no error at all.

      Maps that the model was calibrated with flatter it: others tell what pictures will be like. The model file has their \
      checksums, so that maps which were seen are marked and noted. Times are of one run of each map by the model file.

      Instance maps come from instances/ beside the folder where the network reads instance borders. A network with a \
      style input gets styles that no calibration saw, of seed \(UnseenMaps.firstSeed) for the first map, of the next for the second, and \
      so on, unless --seed begins elsewhere or --z gives others. Calibration takes its seeds from 0 on.

      --json has the same, with what it takes to measure it again. run: the model's and the checkpoint's checksum, the quality, the folder of \
      maps (labels) and how they were read (palette, fit, fill, relabel), the seed of the first map's style (first_seed) or its file (z). \
      pictures: for each map the checksum of its ids as the network reads them, which spade inspect --json lists of calibration too, that of \
      its instance map's file, psnr, ssim, max_error, seen. mean and worst, which names the map of each figure (psnr_map, ssim_map, \
      max_error_map). layers: name, sqnr. sources: all is all of them; of each, called clipping, rounding, weights, hidden, affine_weights (in \
      the table γβ weights), affine (A and B) and wide, alone and without it; its layers the same by layer, and clipped_share. Checksums are \
      XXH64; an infinite ratio is the text "inf". A key that does not apply is missing: seen where an older model file does not tell which maps it was calibrated with; unseen, the mean and the worst of unseen maps, unless there \
      are seen and unseen ones; sources unless they are asked for; clipped_share of a layer that reads no codes.

      A worst map below \(UnseenLoss.enough.fixed(0)) dB gets a note with what to do.

        spade evaluate coco.spade checkpoints/coco_pretrained maps/labels
        spade evaluate coco.spade checkpoints/coco_pretrained maps/labels \\
          --json > coco.json
        spade evaluate coco.spade checkpoints/coco_pretrained maps/labels \\
          --sources-picture coco.svg --pictures errors/
      """)

  @Argument(
    help: ArgumentHelp(
      "The model: a file, or the name of one that spade list shows.", valueName: "model.spade"))
  var model: String

  @Argument(help: ArgumentHelp("The checkpoint it was made from.", valueName: "checkpoint"))
  var checkpoint: String

  @Argument(help: ArgumentHelp("A folder of label maps.", valueName: "folder"))
  var labels: String

  @Option(help: ArgumentHelp("The folder of instance maps.", valueName: "folder"))
  var instances: String?

  @OptionGroup(title: "Label maps") var labelOptions: LabelOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The seed of the first map's style; the next map's is the next, and so on.", valueName: "number"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("Styles as a NumPy file of shape [n] or [maps, n].", valueName: "z.npy"))
  var z: String?

  @Flag(help: "Also tell what each source of error costs.")
  var sources = false

  @Option(
    help: ArgumentHelp(
      "Tell what each source of error costs, and draw it as a picture.", valueName: "sources.svg"))
  var sourcesPicture: String?

  @Option(
    help: ArgumentHelp(
      "Write the pictures of each map side by side into a folder: float32, the model's, their difference times \(ComparedPictures.factor).",
      valueName: "folder"))
  var pictures: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup(title: "Running") var running: RunOptions

  func validate() throws {
    if seed != nil, z != nil { throw ValidationError("Give one of --seed and --z, not both.") }
    if let sourcesPicture, sourcesPicture != "-", !sourcesPicture.lowercased().hasSuffix(".svg") {
      throw ValidationError(
        "--sources-picture \(sourcesPicture) is drawn as SVG; give a name that ends in .svg.")
    }
  }

  func run() throws {
    let kernels = try running.kernels()
    let model = try ModelList.path(of: model)
    let progress = StageProgress()
    defer { progress.finish() }
    progress.begin("reading \(checkpoint)")
    let file = try ModelFile(path: model)
    let files = try CheckpointFolder(option: checkpoint)
    let inputs = files.paths + [model] + [labelOptions.relabel, z].compactMap { $0 }
    let picture = try sourcesPicture.map { try OutputFile(checking: $0, inputs: inputs) }
    let provenance = try ModelMetadata(of: file).provenance
    let loaded = try LoadedCheckpoint(files, for: file)
    let checkpointChecksum = try loaded.checksum()
    let isOrigin = checkpointChecksum == provenance.checkpointChecksum
    let input = loaded.input
    let folder = try LabelFolder(path: labels, instances: instances, hasEdges: input.hasEdges)
    try picture?.check(against: folder.paths)
    let comparisons = try pictures.map { try PictureFolder($0, for: folder, inputs: inputs) }
    let study = try sources || picture != nil ? errorStudy(of: file, loaded, isSame: isOrigin) : nil
    let maps = try folder.maps(by: labelOptions.reading(for: file))
    let styles = try styles(maps.count, input, file, kernels)
    let borders = try folder.entries.map { try $0.instances.map { try LoadedCheckpoint.checksum($0) } }

    var evaluation = Evaluation(
      file: file, reference: Reference(loaded.generator), seen: provenance.calibrationChecksums)
    try withRuntime(file.model, path: model, kernels: kernels, threadCount: running.threadCount) {
      (runtime) throws(Failure) in
      for index in maps.indices {
        progress.begin("comparing map \(index + 1) of \(maps.count)", (index, maps.count))
        let compared = try evaluation.compare(
          maps[index], style: styles[index], name: folder.entries[index].name,
          instancesChecksum: borders[index],
          with: &runtime)
        try comparisons?.write(ofMap: index, compared.sideBySide)
      }
    }
    let report = evaluation.report(
      run: EvaluationReport.Run(
        modelChecksum: file.checksum.hexadecimal, checkpoint: loaded.folder.generatorPath,
        checkpointChecksum: checkpointChecksum, quality: provenance.quality, labels: labels,
        palette: labelOptions.palette?.rawValue, fit: labelOptions.fit?.rawValue, fill: labelOptions.fill,
        relabel: labelOptions.relabel,
        relabelChecksum: try labelOptions.relabel.map { try LoadedCheckpoint.checksum($0) },
        firstSeed: z == nil && input.styleCount > 0 ? seed ?? UnseenMaps.firstSeed : nil, z: z,
        zChecksum: try z.map { try LoadedCheckpoint.checksum($0) }, isa: kernels.name,
        threads: running.threadCount,
        arenaBytes: Runtime.arenaByteCount(model: file.model, threadCount: running.threadCount),
        program: Version.program),
      sources: study.map { SourceReport(filled($0, with: maps, styles, progress)) })
    if let sources = report.sources { try picture?.write(SourcePicture(sources, of: report).bytes) }
    progress.finish()
    Standard.output(json ? try JSON.text(report, called: "evaluate") : report.lines.joined(separator: "\n"))
    let notes = [
      report.seenNote,
      report.lossNote(
        hasInnerNorm: loaded.configuration.modulation == .separable(hasInstanceNorm: true),
        isTakenApart: report.sources != nil),
    ]
    for note in notes.compactMap({ $0 }) { Standard.error(note) }
    guard isOrigin else {
      throw Failure(
        "\(model) was made from another file than \(loaded.folder.generatorPath), so these figures may compare two networks; "
          + "give the checkpoint that spade inspect names.")
    }
  }

  private func errorStudy(
    of file: ModelFile, _ loaded: LoadedCheckpoint, isSame: Bool
  ) throws(Failure) -> ErrorStudy {
    guard isSame else {
      throw Failure(
        "The sources of error can only be told with the checkpoint that \(model) was made from; give that one."
      )
    }
    do { return ErrorStudy(try Simulation(file.model, loaded.generator)) } catch {
      throw Failure(
        "\(model) has steps that no compiler of Spade lays out, so its sources of error cannot be told apart."
      )
    }
  }

  private func filled(
    _ study: ErrorStudy, with maps: [LabelMap], _ styles: [[Float]], _ progress: StageProgress
  ) -> ErrorStudy {
    var study = study
    // All sources, each alone, and all but each.
    let count = maps.count * (1 + 2 * ErrorSource.allCases.count)
    var done = 0
    for index in maps.indices {
      study.add(maps[index], style: styles[index].isEmpty ? nil : styles[index]) { trial in
        progress.begin(
          "sources of error, map \(index + 1) of \(maps.count): \(trial.title)", (done, count))
        done += 1
      }
    }
    return study
  }

  private func styles(
    _ mapCount: Int, _ input: NetworkInput, _ file: ModelFile, _ kernels: KernelSet
  ) throws -> [[Float]] {
    guard let z else {
      guard seed == nil || input.styleCount > 0 else {
        throw Failure("\(model) has no style input; give it no style.")
      }
      let first = seed ?? UnseenMaps.firstSeed
      return (0..<mapCount).map {
        NormalGenerator.style(seed: first &+ UInt64($0), count: input.styleCount)
      }
    }
    return try StyleSource.array(path: z).styles(
      mapCount: mapCount, for: input, network: model,
      encode: file.photoEncoder(kernels: kernels, threadCount: running.threadCount))
  }
}
