import SpadeFiles

/// A folder for the frames of a film, in which those of another may lie already.
enum FrameFolder {
  /// Numbers from 1, of at least four digits.
  /// - Parameter index: From 0.
  static func name(_ index: Int) -> String { "frame-" + UInt64(index + 1).filled(digitCount: 4) + ".png" }

  /// The frames in a folder that a film of `frameCount` does not replace, in their order.
  static func later(in path: String, frameCount: Int) -> [String] {
    let names = Folder.isThere(path) ? (try? Folder.names(in: path)) ?? [] : []
    let numbers = names.compactMap { name -> Int? in
      guard name.hasPrefix("frame-"), name.hasSuffix(".png"),
        let number = Int(name.dropFirst(6).dropLast(4)), number > frameCount, name == Self.name(number - 1)
      else { return nil }
      return number
    }
    return numbers.sorted().map { Self.name($0 - 1) }
  }

  /// Makes sure that no frames of a longer film stay behind those of one of `frameCount`.
  /// - Parameters:
  ///   - inputs: The files that are read, none of which is removed.
  ///   - isForced: Whether they are removed; otherwise they are an error.
  static func clear(
    _ path: String, frameCount: Int, inputs: [String], isForced: Bool
  ) throws(Failure) {
    let names = later(in: path, frameCount: frameCount)
    guard let first = names.first, let last = names.last else { return }
    guard isForced else {
      throw Failure(
        "\(path) holds \(names.count.grouped) frame\(names.count == 1 ? "" : "s") of a longer film, "
          + "\(first)\(names.count == 1 ? "" : " to \(last)"), which would follow those of this one; give another folder, or "
          + "--force to remove \(names.count == 1 ? "it" : "them").")
    }
    let files = names.map { Path.joined(path, $0) }
    for file in files { _ = try OutputFile(checking: file, inputs: inputs) }
    for file in files {
      do { try File.remove(file) } catch { throw Failure(file, error) }
    }
  }
}
