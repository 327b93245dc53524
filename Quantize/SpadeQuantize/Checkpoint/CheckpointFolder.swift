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
  /// In a folder the generator is `latest_net_G.pth`, else `latest_net_G.safetensors`, else the only `*_net_G.pth` or
  /// `.safetensors`. The encoder has the generator's name with `E` for `G`; in a folder it may also be the only one.
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
    for ending in extensions where files.contains("latest_net_\(kind).\(ending)") {
      return "latest_net_\(kind).\(ending)"
    }
    let found = files.filter { file in extensions.contains { file.hasSuffix("_net_\(kind).\($0)") } }
    guard found.count <= 1 else { throw .severalNetworks(found) }
    return found.first
  }
}

/// Why a model's files are not found: one case per rule.
public enum CheckpointFolderError: Error, Equatable, Sendable {
  case notFound
  case unreadable(folder: String, FileError)
  case noGenerator
  case severalNetworks([String])
}
