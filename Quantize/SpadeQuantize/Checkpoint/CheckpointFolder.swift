import Foundation

/// The files of one trained model: the generator, and what lies beside it.
public struct CheckpointFolder: Equatable, Sendable {
  public let generatorPath: String
  /// `*_net_E.*`, for models with a style input.
  public let encoderPath: String?
  /// `opt.txt`.
  public let optionsPath: String?

  /// Finds the files.
  ///
  /// In a folder the generator is `latest_net_G.pth`, else `latest_net_G.safetensors`, else the only `*_net_G.pth` or
  /// `.safetensors`. The encoder has the generator's name with `E` for `G`; in a folder it may also be the only one.
  /// - Parameter path: A folder, or a generator's file.
  public init(path: String) throws(CheckpointFolderError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .notFound }
    let folder =
      isFolder.boolValue ? path : URL(fileURLWithPath: path).deletingLastPathComponent().path
    let files: [String]
    do {
      files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw .unreadable(reason: error.localizedDescription)
    }
    func full(_ name: String) -> String { URL(fileURLWithPath: folder).appendingPathComponent(name).path }

    let generator: String
    if isFolder.boolValue {
      guard let found = try Self.only("G", in: files) else { throw .noGenerator }
      generator = found
      generatorPath = full(found)
    } else {
      generator = URL(fileURLWithPath: path).lastPathComponent
      generatorPath = path
    }
    optionsPath = files.contains("opt.txt") ? full("opt.txt") : nil

    let sibling: String? = Self.extensions.lazy.compactMap { ending in
      guard let range = generator.range(of: "_net_G.", options: .backwards) else { return nil }
      let name = "\(generator[..<range.lowerBound])_net_E.\(ending)"
      return files.contains(name) ? name : nil
    }.first
    if let sibling {
      encoderPath = full(sibling)
    } else {
      encoderPath = isFolder.boolValue ? try Self.only("E", in: files).map(full) : nil
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

/// Why a model's files are not found: one case a rule.
public enum CheckpointFolderError: Error, Equatable, Sendable {
  case notFound
  case unreadable(reason: String)
  case noGenerator
  case severalNetworks([String])
}

extension CheckpointFolderError: CustomStringConvertible {
  /// One plain sentence. The path is the caller's.
  public var description: String {
    switch self {
    case .notFound: "There is no such file or folder."
    case .unreadable(let reason): "The folder cannot be read: \(reason)."
    case .noGenerator:
      "The folder holds no generator (latest_net_G.pth, latest_net_G.safetensors or one *_net_G.* file)."
    case .severalNetworks(let names):
      "The folder holds several networks (\(names.joined(separator: ", "))): name one of them."
    }
  }
}
