import SpadeFiles
import SpadeImage
import SpadeInput
import SpadeModel
import SpadeRuntime

/// A film of pictures whose style goes from one to the next, over a map or over the maps of a folder.
package struct Animation {
  /// How a style becomes the next.
  package enum Easing: String, CaseIterable, Sendable {
    case linear
    /// Slow at each style (3f² − 2f³).
    case smooth

    func callAsFunction(_ share: Double) -> Double {
      self == .linear ? share : share * share * (3 - 2 * share)
    }
  }

  /// Where frames go, by the output's name.
  package enum Form: Equatable {
    /// Numbered PNGs.
    case folder
    case animatedPNG
    case y4m

    package init(_ path: String) {
      let name = path.lowercased()
      self = path == "-" || name.hasSuffix(".y4m") ? .y4m : name.hasSuffix(".png") ? .animatedPNG : .folder
    }

    /// What is wrong with an output's name, in a sentence: it belongs to another kind of film.
    package static func fault(of path: String) -> String? {
      let others = [".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".gif", ".webp", ".apng"]
      guard others.contains(where: { path.lowercased().hasSuffix($0) }) else {
        return OutputFile.fault(ofPicture: path)
      }
      // Players want films in 4:2:0; moving pictures have their own colours.
      let isPicture = [".gif", ".webp", ".apng"].contains { path.lowercased().hasSuffix($0) }
      return
        "-o \(path) is a kind of film that is not written; write -o - and pipe it, such as … -o - | ffmpeg -i -"
        + "\(isPicture ? "" : " -pix_fmt yuv420p") \(path), "
        + "or give a name that ends in .png for an animated PNG, one that ends in .y4m, or a folder."
    }
  }

  package static let frameCounts = 1...100_000

  /// How many frames a film has whose number of them, or length, somebody said; `nil` where nobody did.
  /// - Parameter seconds: As it was written.
  package static func frameCount(
    _ count: Int?, seconds: String?, rate: Int
  ) throws(StyleBlend.WrongUsage) -> Int? {
    guard let seconds else { return count }
    guard count == nil else {
      throw StyleBlend.WrongUsage(sentence: "Give one of --frames and --seconds, not both.")
    }
    let frames = (StyleBlend.decimal(Substring(seconds)) ?? 0) * Double(rate)
    guard frames >= 1, frames <= Double(frameCounts.upperBound) else {
      throw StyleBlend.WrongUsage(
        sentence:
          "--seconds is \(seconds); give a number such as 4.5, for 1 to \(frameCounts.upperBound.grouped) frames."
      )
    }
    return Int(frames.rounded())
  }

  /// The frames between two styles, of one map, where nobody said how many frames there are.
  private static let standardSegment = 24

  /// For each frame the place of its map.
  let mapIndices: [Int]
  /// For each frame its style.
  let styles: [[Float]]

  /// - Parameters:
  ///   - keys: Styles to go through, at least one.
  ///   - mapCount: Maps to go through, at least one.
  ///   - frameCount: Positive; where nobody said, one for each map of many, or 24 between two styles and one more.
  package init(keys: [[Float]], mapCount: Int, frameCount: Int?, easing: Easing) {
    let count = frameCount ?? (mapCount > 1 ? mapCount : (keys.count - 1) * Self.standardSegment + 1)
    mapIndices = (0..<count).map { $0 * mapCount / count }
    styles = (0..<count).map { index in
      let place = count > 1 ? Double(index) * Double(keys.count - 1) / Double(count - 1) : 0
      let first = min(Int(place), max(0, keys.count - 2))
      let share = easing(place - Double(first))
      guard share > 0 else { return keys[first] }
      return zip(keys[first], keys[first + 1]).map { Float((1 - share) * Double($0) + share * Double($1)) }
    }
  }

  /// That the frames do not show all that they go through, in a sentence.
  package static func note(keyCount: Int, mapCount: Int, frameCount: Int) -> String? {
    guard frameCount > 1 else {
      return
        "note: the film is one frame, the first map in the first style; more --frames make it move, and synthesize paints one picture."
    }
    let (count, what) = keyCount > mapCount ? (keyCount, "style") : (mapCount, "map")
    guard frameCount < count else { return nil }
    return
      "note: \(frameCount) frames do not show every one of \(count) \(what)s; \(count) --frames or more do."
  }

  /// Paints the frames and writes them.
  /// - Parameters:
  ///   - content: The part of each map's picture to keep, all of one size, if not all of it.
  ///   - enlargement: Of the frames.
  package func write(
    to path: String, rate: Int, inputs: [String], maps: [LabelMap], content: [PixelArea]?,
    enlargement: Enlargement, with painter: Painter
  ) throws(Failure) {
    let model = painter.file.model
    let scale = enlargement.rawValue
    let (width, height) = (
      scale * (content?[0].width ?? model.width), scale * (content?[0].height ?? model.height)
    )
    let form = Form(path)
    var animation = AnimatedPNG(width: width, height: height, frameCount: styles.count, framesPerSecond: rate)
    let film = form == .folder ? nil : try Film(path, inputs: inputs)
    if form == .folder { do { try Folder.make(path) } catch { throw Failure(path, error) } }
    if form == .y4m { try film?.add(Y4M.header(width: width, height: height, framesPerSecond: rate)) }
    let progress = TaskProgress("painting frame", count: styles.count)
    for index in styles.indices {
      let map = mapIndices[index]
      let frame = try painter.paint(maps[map], style: styles[index])
      let picture = try PaintedMap(
        frame, of: model, content: content?[map], enlargement: enlargement, path: path
      ).picture
      let png: [UInt8]
      do { png = form == .y4m ? [] : try picture.pngBytes() } catch { throw Failure(path, error) }
      switch form {
      case .folder:
        try OutputFile(checking: Path.joined(path, FrameFolder.name(index)), inputs: inputs).write(png)
      case .animatedPNG: try film?.add(animation.add(png))
      case .y4m: try film?.add(Y4M.frame(picture))
      }
      progress.finishedOne()
    }
    progress.end()
    if form == .animatedPNG { try film?.add(AnimatedPNG.end) }
    try film?.finish()
  }

  /// A file that grows frame by frame and is there whole or not at all, or standard output.
  private struct Film {
    let output: OutputFile
    let draft: FileDraft?

    init(_ path: String, inputs: [String]) throws(Failure) {
      output = try OutputFile(checking: path, inputs: inputs)
      do { draft = path == "-" ? nil : try FileDraft(path) } catch { throw Failure(path, error) }
    }

    func add(_ bytes: [UInt8]) throws(Failure) {
      do {
        if let draft { try draft.add(bytes) } else { try Standard.output(bytes: bytes) }
      } catch { throw Failure(output.path, error) }
    }

    func finish() throws(Failure) {
      do { try draft?.finish() } catch { throw Failure(output.path, error) }
    }
  }
}
