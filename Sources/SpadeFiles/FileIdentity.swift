import CSpadeSystem

/// Which file a path stands for, there or not: two paths of one file, also by links, have the same identity.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64
  /// Of a file that is not there; device and number are then its folder's.
  private let name: [CChar]

  /// Whether there is such a file.
  public var isThere: Bool { name[0] == 0 }

  /// `nil` for pipes, devices and folders, and where the path leads nowhere.
  public init?(_ path: String) {
    var identity = spade_file_identity()
    var name = [CChar](repeating: 0, count: Int(spade_file_name_size))
    let isFile = FileName.withBytes(path) { path in
      name.withUnsafeMutableBufferPointer { spade_file_identify(path, &identity, $0.baseAddress) }
    }
    guard isFile != 0 else { return nil }
    device = identity.device
    number = identity.number
    self.name = name
  }
}
