import SpadeFiles

/// The files of one trained model: the generator, and what lies beside it.
public struct CheckpointFolder: Equatable, Sendable {
  public let generatorPath: String
  /// `*_net_E.*`, for models with a style input.
  public let encoderPath: String?
  /// `opt.txt`.
  public let optionsPath: String?

  /// The files themselves.
  public var paths: [String] { [generatorPath, encoderPath, optionsPath].compactMap { $0 } }

  /// Finds the files.
  ///
  /// In a folder the generator is `latest_net_G.pth`, else `latest_net_G.safetensors`, else `best_net_G` of CLADE, else the only
  /// `*_net_G.pth` or `.safetensors`, else one of OASIS: `best_EMA`, `latest_EMA`, `best_G` or `latest_G`. The encoder has the
  /// generator's name with `E` for `G`; in a folder it may also be the only one.
  /// - Parameter path: A folder, or a generator's file.
  public init(path: String) throws(CheckpointFolderError) {
    let isFolder = Folder.isThere(path)
    guard isFolder || FileIdentity(path)?.isThere == true else { throw .notFound }
    let folder = isFolder ? path : Path.parent(of: path)
    let files: [String]
    do { files = try Folder.names(in: folder) } catch { throw .unreadable(folder: folder, error) }
    func full(_ name: String) -> String { Path.joined(folder, name) }

    let generator: String
    if isFolder {
      guard let found = try Self.only("G", in: files) else { throw .noGenerator }
      generator = found
      generatorPath = full(found)
    } else {
      generator = Path.lastPart(of: path)
      generatorPath = path
    }
    optionsPath = files.contains("opt.txt") ? full("opt.txt") : nil

    let sibling: String? = Self.extensions.lazy.compactMap { ending in
      guard let range = generator.ranges(of: "_net_G.").last else { return nil }
      let name = "\(generator[..<range.lowerBound])_net_E.\(ending)"
      return files.contains(name) ? name : nil
    }.first
    if let sibling {
      encoderPath = full(sibling)
    } else {
      encoderPath = isFolder ? try Self.only("E", in: files).map(full) : nil
    }
  }

  private static let extensions = ["pth", "safetensors"]

  /// The latest network of a kind, or the only one.
  private static func only(
    _ kind: String, in files: [String]
  ) throws(CheckpointFolderError) -> String? {
    if let known = first(of: ["latest_net_\(kind)", "best_net_\(kind)"], in: files) { return known }
    let found = files.filter { file in extensions.contains { file.hasSuffix("_net_\(kind).\($0)") } }
    guard found.count <= 1 else { throw .severalNetworks(found) }
    return found.first ?? (kind == "G" ? first(of: oasisNames, in: files) : nil)
  }

  /// OASIS paints with the running mean of its weights, where there is one.
  private static let oasisNames = ["best_EMA", "latest_EMA", "best_G", "latest_G"]

  private static func first(of names: [String], in files: [String]) -> String? {
    for name in names {
      for ending in extensions where files.contains("\(name).\(ending)") { return "\(name).\(ending)" }
    }
    return nil
  }
}

/// Why a model's files are not found: one case per rule.
public enum CheckpointFolderError: Error, Equatable, Sendable {
  case notFound
  case unreadable(folder: String, FileError)
  case noGenerator
  case severalNetworks([String])
}
