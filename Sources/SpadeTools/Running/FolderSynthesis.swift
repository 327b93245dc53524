import SpadeFiles
import SpadeImage
import SpadeInput
import SpadeModel
import SpadeRuntime

/// Painting many label maps, or one in many styles, into a folder: the model is loaded once, pictures that are there already stay, and
/// several are painted at a time where that is asked for. Processes may share the folder: each looks for a picture just before it would
/// paint it.
enum FolderSynthesis {
  /// A picture to paint.
  private struct Task {
    /// Counts from 0, in the order of the maps' names and of the styles.
    let number: Int
    let labels: String
    let instances: String?
    let style: [Float]
    let styleName: String?
    let output: String

    /// Whether a picture is done only where its map was not written later.
    let comparesTimes: Bool

    /// Whether there is such a picture.
    var isDone: Bool {
      guard FileIdentity(output)?.isThere == true else { return false }
      guard comparesTimes, let done = File.writingTime(output) else { return true }
      return [labels, instances].compactMap { $0 }.allSatisfy { (File.writingTime($0) ?? .min) <= done }
    }
  }

  static func run(_ request: SynthesisRequest) throws(Failure) {
    let file = try ModelFile(path: request.model)
    let reading = try request.reading(for: file)
    let all = try tasks(request, file)
    do { try Folder.make(request.output) } catch { throw Failure(request.output, error) }
    let tasks = request.isForced ? all : ownOrder(all.filter { !$0.isDone })
    if tasks.count < all.count {
      Standard.error(
        "note: \(all.count - tasks.count) of \(all.count) pictures are in \(request.output) already and stay, "
          + (request.paintsNewer
            ? "as no map of theirs is newer; --force paints them anew."
            : "whatever map, style and model they were painted with; --newer paints those anew whose map is newer, and --force paints them anew.")
      )
    }
    let jobCount = max(1, min(request.jobCount, tasks.count))
    let threadCount = max(1, request.threadCount / jobCount)
    var workers: [Worker] = []
    for _ in 0..<jobCount {
      let painter = try Painter(file, kernels: request.kernels, threadCount: threadCount)
      workers.append(Worker(painter, reading, request))
    }
    let (crew, start) = (workers, monotonicTime())
    let progress = TaskProgress("painting picture", count: tasks.count)
    try onThreads(jobCount, taskCount: tasks.count) { index, thread in
      let isFirstOfMap = index == 0 || tasks[index].labels != tasks[index - 1].labels
      crew[thread].paint(tasks[index], tellsOfMap: isFirstOfMap, tellsOfShape: index == 0)
      if !request.isQuiet { progress.finishedOne() }
    }
    progress.end()
    if let note = workers.compactMap({ $0.colorNote }).first { Standard.error(note) }
    let wrongCount = workers.reduce(0) { $0 + $1.wrongCount }
    let foreignCount = workers.reduce(0) { $0 + $1.foreignCount }
    if foreignCount > 0 {
      Standard.error(
        "note: \(foreignCount) of \(tasks.count) pictures \(foreignCount == 1 ? "was" : "were") painted by another process meanwhile."
      )
    }
    let painted = workers.flatMap { $0.painted }
    if request.printsJSON {
      let sorted = painted.sorted { $0.number < $1.number }
      Standard.output(Synthesis.report(request, file, sorted.map { $0.json }))
    } else if !request.isQuiet {
      let seconds = Double(monotonicTime() - start) / 1e9
      Standard.output(
        "\(request.output): \(painted.count) picture\(painted.count == 1 ? "" : "s") in \(seconds.duration), \(jobCount) at a time "
          + "with \(request.kernels.name) on \(threadCount) thread\(threadCount == 1 ? "" : "s") each")
    }
    guard wrongCount == 0 else {
      throw Failure(
        "\(wrongCount) of \(tasks.count) pictures \(wrongCount == 1 ? "was" : "were") not painted; the notes above say why."
      )
    }
  }

  /// In an order of this process's own, all pictures of a map together, so that what depends on the map alone is kept between them:
  /// processes that share the folder are seldom at the same picture.
  private static func ownOrder(_ tasks: [Task]) -> [Task] {
    var random = SplitMix64(seed: monotonicTime())
    var maps: [[Task]] = []
    for task in tasks {
      if let last = maps.indices.last, maps[last][0].labels == task.labels {
        maps[last].append(task)
      } else {
        maps.append([task])
      }
    }
    maps.shuffle(using: &random)
    return maps.flatMap { $0.shuffled(using: &random) }
  }

  private static func tasks(_ request: SynthesisRequest, _ file: ModelFile) throws(Failure) -> [Task] {
    let input = NetworkInput(file.model)
    let encode = file.photoEncoder(kernels: request.kernels, threadCount: request.threadCount)
    var maps: [(name: String, labels: String, instances: String?)] = []
    if Folder.isThere(request.labels) {
      let folder = try LabelFolder(
        path: request.labels, instances: request.instances, hasEdges: input.hasEdges)
      if let note = folder.nameNote { Standard.error(note) }
      maps = folder.entries.map { ($0.pictureName, $0.labels, $0.instances) }
    } else {
      let name = request.labels == "-" ? "picture" : Path.stem(of: request.labels)
      maps = [(name, request.labels, request.instances)]
    }
    let inputs = Set(request.inputs + maps.flatMap { [$0.labels, $0.instances].compactMap { $0 } })
      .compactMap { FileIdentity($0) }
    let taken = Set(inputs)
    var tasks: [Task] = []
    var names: Set<String> = []
    func add(_ map: Int, _ style: [Float], _ styleName: String?) throws(Failure) {
      let name = maps[map].name + (styleName.map { "-\($0)" } ?? "") + ".png"
      guard names.insert(name).inserted else {
        throw Failure(
          "Two pictures would be \(name) in \(request.output); give styles and maps names of their own.")
      }
      let output = Path.joined(request.output, name)
      if let identity = FileIdentity(output), taken.contains(identity) {
        throw Failure("\(output) is read and would be the picture's name; give -o another folder.")
      }
      tasks.append(
        Task(
          number: tasks.count, labels: maps[map].labels, instances: maps[map].instances, style: style,
          styleName: styleName,
          output: output, comparesTimes: request.paintsNewer))
    }
    guard let list = request.styles else {
      let styles = try request.source.styles(
        mapCount: maps.count, for: input, network: file.path, encode: encode)
      for index in maps.indices { try add(index, styles[index], nil) }
      return tasks
    }
    list.tell()
    var styles: [[Float]] = []
    for entry in list.entries {
      styles.append(
        try entry.source.styles(mapCount: 1, for: input, network: file.path, encode: encode)[0])
    }
    // All pictures of a map follow each other, so that what depends on the map alone is kept between them.
    for index in maps.indices {
      for (entry, style) in zip(list.entries, styles) { try add(index, style, entry.name) }
    }
    return tasks
  }

  /// Paints on one thread at a time.
  private final class Worker {
    private let painter: Painter
    private let reading: LabelReading
    private let cropsBack: Bool
    private let enlargement: Enlargement
    /// Whether pictures are not told of one by one.
    private let isQuiet: Bool
    /// Whether pictures that are there are painted all the same.
    private let isForced: Bool
    private(set) var painted: [(number: Int, json: JSONValue)] = []
    private(set) var wrongCount = 0
    /// Which colours to draw in, where one of the maps has others: once for all maps is enough.
    private(set) var colorNote: String?
    /// Of pictures that another process painted since this one began.
    private(set) var foreignCount = 0

    init(_ painter: Painter, _ reading: LabelReading, _ request: SynthesisRequest) {
      self.painter = painter
      self.reading = reading
      cropsBack = request.cropsBack
      enlargement = request.enlargement
      isQuiet = request.printsJSON || request.isQuiet
      isForced = request.isForced
    }

    /// - Parameters:
    ///   - tellsOfMap: Whether it is told what was guessed of the map, or why it cannot be read: once for all its pictures is enough.
    ///   - tellsOfShape: Whether it is told that the map is squeezed: once for all maps is enough.
    func paint(_ task: Task, tellsOfMap: Bool, tellsOfShape: Bool) {
      guard isForced || !task.isDone else {
        foreignCount += 1
        return
      }
      let input: LabelReading.Reading
      do throws(Failure) {
        input = try reading.read(labels: task.labels, instances: task.instances)
      } catch {
        wrongCount += 1
        if tellsOfMap { Standard.error("note: \(error.sentence)") }
        return
      }
      if tellsOfMap { input.tell(ofShape: tellsOfShape, ofColors: false) }
      colorNote = input.colorNote ?? colorNote
      do throws(Failure) {
        let frame = try painter.paint(input.map, style: task.style)
        let result = try PaintedMap(
          frame, of: painter.file.model, content: cropsBack ? input.content : nil, enlargement: enlargement,
          path: task.output)
        let bytes: [UInt8]
        do { bytes = try result.picture.pngBytes() } catch { throw Failure(task.output, error) }
        do { try File.write(bytes, to: task.output) } catch { throw Failure(task.output, error) }
        painted.append(
          (task.number, result.json(path: task.output, labels: task.labels, style: task.styleName)))
        if !isQuiet { Standard.output("\(task.output): \(result.size) in \(frame.seconds.duration)") }
      } catch {
        wrongCount += 1
        Standard.error("note: \(error.sentence)")
      }
    }
  }
}
