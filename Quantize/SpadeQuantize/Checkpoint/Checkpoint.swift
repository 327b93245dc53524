import FoundationEssentials
import SpadeFiles

/// The tensors of a checkpoint file: a PyTorch state dict (legacy stream or zip archive) or a safetensors file.
///
/// Opening checks every length, offset and name; the values stay in the mapped file until they are asked for. Nothing
/// in a pickle is executed. A `module.` prefix that every name carries (DataParallel) is dropped.
public struct Checkpoint: Sendable {
  /// Tensor names, in the file's order.
  public let names: [String]
  private let tensors: [String: StoredTensor]
  private let bytes: Data

  /// Maps a file, which must not be changed while this value lives; its form is told by its content, not by its name.
  public init(contentsOf path: String) throws(CheckpointError) {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw .unreadable(error) }
    // Safe: the data keeps the file mapped, and nobody writes to it.
    let start = UnsafeMutableRawPointer(mutating: file.bytes.baseAddress)
    let bytes = start.map {
      Data(
        bytesNoCopy: $0, count: file.bytes.count,
        deallocator: .custom { _, _ in withExtendedLifetime(file) {} })
    }
    try self.init(bytes: bytes ?? Data())
  }

  init(bytes: Data) throws(CheckpointError) {
    let entries: [(name: String, tensor: StoredTensor)] =
      switch Form(bytes) {
      case .zip: try ZipCheckpoint.read(bytes)
      case .legacy: try LegacyCheckpoint.read(bytes)
      case .safetensors: try Safetensors.read(bytes)
      case nil where bytes.starts(with: [0x89, 0x48, 0x44, 0x46]): throw .hdf5
      case nil where bytes.isPickle: throw .plainPickle
      case nil: throw .notACheckpoint(byteCount: bytes.count)
      }
    let prefix = "module."
    let isPrefixed = !entries.isEmpty && entries.allSatisfy { $0.name.hasPrefix(prefix) }
    var names: [String] = []
    var tensors: [String: StoredTensor] = [:]
    for entry in entries {
      let name = isPrefixed ? String(entry.name.dropFirst(prefix.count)) : entry.name
      guard tensors.updateValue(entry.tensor, forKey: name) == nil else {
        throw .repeatedTensor(name: entry.name)
      }
      names.append(name)
    }
    self.names = names
    self.tensors = tensors
    self.bytes = bytes
  }

  /// Shape and element type of a tensor, or `nil` where the checkpoint has none of that name.
  public subscript(name: String) -> TensorInfo? { tensors[name]?.info }

  /// A tensor's values in row-major order, as `Float`.
  public func floats(_ name: String) throws(CheckpointError) -> [Float] {
    guard let tensor = tensors[name] else { throw .missingTensor(name: name) }
    return tensor.floats(in: bytes)
  }

  private enum Form {
    case zip, legacy, safetensors

    init?(_ bytes: Data) {
      if bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]) {
        self = .zip
      } else if bytes.count > 2, bytes[0] == 0x80, bytes[2] == 0x8a || bytes[2] == 0x95 {
        // A pickle's protocol, then a long integer or a frame. As a safetensors header's length it would be 9 MB.
        self = .legacy
      } else if bytes.count > 8, bytes[8] == UInt8(ascii: "{") {
        self = .safetensors
      } else {
        return nil
      }
    }
  }
}

extension Data {
  /// Whether a pickle of a protocol that has a header begins here, and ends with the last byte.
  fileprivate var isPickle: Bool {
    count > 3 && self[startIndex] == 0x80 && (2...5).contains(self[startIndex + 1])
      && last == UInt8(ascii: ".")
  }
}
