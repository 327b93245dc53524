import ArgumentParser
import SpadeBoards
import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Gives a model file another memory plan.",
    discussion: """
      Writes a model file with the same network and weights, which paints the same pictures byte for byte in another arena: \
      more memory makes it faster. No checkpoint is needed.

      Without --max-ram, --target or --fastest the plan is the one at the knee: the smallest arena with which a picture takes \
      at most a tenth longer than with any. Plans are made for the label maps of --calibration, or else for the file's test \
      map, and in part for a busy drawing. --target does not look for a knee: it takes the plan with the least time on all cores of \
      the board, of those whose arena and model file leave half of its memory to others. Each further thread adds its scratch \
      memory to the arena that --max-ram names.

        spade plan coco.spade --max-ram 8M -o small.spade
        spade plan coco.spade --fastest --calibration maps/ -o fast.spade
        spade plan coco.spade --target raspberry-pi-4 -o pi.spade
      """)

  @Argument(
    help: ArgumentHelp(
      "The model: a file, or the name of one that spade list shows.", valueName: "model.spade"))
  var model: String

  @Option(
    name: .customLong("max-ram"),
    help: ArgumentHelp(
      "The arena's size with one thread at most: bytes, or with k, M or G (KiB, MiB, GiB), or with kB, MB or GB "
        + "(thousands, millions, thousand millions).",
      valueName: "size"
    )
  )
  var memory: ByteCount?

  @Option(
    help: ArgumentHelp(
      "The board to plan the memory for: \(Board.names.joined(separator: ", ")).", valueName: "board"))
  var target: String?

  @Flag(help: "Take the plan with the least time, whatever its arena.")
  var fastest = false

  @Option(
    help: ArgumentHelp(
      "Label maps to plan for: the PNG files of a folder or of its subfolder labels/, with instance maps of the same "
        + "names in instances/ beside it where the network reads instance borders.", valueName: "folder"))
  var calibration: String?

  @OptionGroup(title: "Calibration maps") var labelOptions: LabelOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("The model file to write.", valueName: "other.spade"))
  var output: String

  func validate() throws {
    _ = try target.map { try Board(option: $0) }
    guard [memory != nil, target != nil, fastest].filter({ $0 }).count <= 1 else {
      throw ValidationError("--max-ram, --target and --fastest each say what to plan for; give one of them.")
    }
  }

  func run() throws {
    let board = try target.map { try Board(option: $0) }
    let limit = memory.map { ArenaLimit(maxRAM: $0) } ?? board.map { ArenaLimit(board: $0) }
    let model = try ModelList.path(of: model)
    let output = try OutputFile(
      checking: output, inputs: [model] + [labelOptions.relabel].compactMap { $0 })
    let file = try ModelFile(path: model)
    // The network, its file, and a copy that is tried.
    try requireMemory(8 * file.byteCount + 64 << 20, for: model)
    let metadata = try ModelMetadata(of: file)
    let maps = try maps(of: file, besides: output)
    let progress = StageProgress()
    defer { progress.finish() }
    progress.begin("planning memory")
    let request = limit?.request ?? PlanRequest(fastest ? .fastest : .knee)
    let replanned: ReplannedModel
    do {
      replanned = try ReplannedModel(file.model, metadata, maps: maps, request)
    } catch is UnfamiliarModel {
      throw Failure("\(model) has steps that no compiler of Spade lays out, so it keeps its plan.")
    }
    progress.begin("checking the model")
    let planned = try check(replanned, against: file, limit)
    try output.write(replanned.file)
    progress.finish()
    output.report("\(output.path): \(replanned.file.count.grouped) bytes")
    output.report(
      "arena: \(planned.arenaByteCount.grouped) bytes with \(request.machine.threadCount) thread"
        + (request.machine.threadCount == 1 ? "" : "s")
        + (planned.keepsAffine ? ", some of it to keep γ and β's work for the next picture of a map" : ""))
    let curve = PlanCurve(
      replanned.choice.sizes, threadCount: replanned.choice.threadCount, chosen: planned.arenaByteCount)
    for line in curve?.lines ?? [] { output.report(line) }
  }

  private func maps(of file: ModelFile, besides output: OutputFile) throws -> [LabelMap] {
    guard let calibration else { return [file.model.testCase.map] }
    let folder = try LabelFolder(path: calibration, instances: nil, hasEdges: file.model.hasEdges)
    try output.check(against: folder.paths)
    return try folder.maps(by: labelOptions.reading(for: file))
  }

  /// Paints the test picture with the new plan, which must be the old one's.
  /// - Returns: The arena's bytes, with the threads that the plan was made for, and whether some layers' A and B are kept in it.
  private func check(
    _ replanned: ReplannedModel, against file: ModelFile, _ limit: ArenaLimit?
  ) throws -> (arenaByteCount: Int, keepsAffine: Bool) {
    let bytes = try AlignedMemory(byteCount: replanned.file.count)
    defer { withExtendedLifetime(bytes) {} }
    bytes.bytes.copyBytes(from: replanned.file)
    let planned = try about("The model") { try Model(checking: UnsafeRawBufferPointer(bytes.bytes)) }
    try limit?.check(planned)
    let (map, style) = planned.testCase
    let picture = try withRuntime(
      planned, path: model, kernels: .best, threadCount: ThreadCount.standard
    ) { (runtime) throws(Failure) in
      try runtime.frame(map, style: style, path: model)
    }
    guard picture.checksum == file.model.testChecksum else {
      throw Failure(
        "The new plan of \(model) paints another test picture, so nothing was written; please report this.")
    }
    return (
      Runtime.arenaByteCount(model: planned, threadCount: replanned.choice.threadCount),
      planned.windowLayers.keptCount > 0
    )
  }
}
