import Foundation
import SpadeFiles
import SpadeImage

/// Runs `body` with the path of an empty folder that is removed afterwards.
public func withTemporaryFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("spade-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// The names in a folder, in order.
public func contents(of folder: String) throws -> [String] { try Folder.names(in: folder) }

public func load(_ path: String) throws -> [UInt8] { try File.read(path) }

public func save(_ bytes: [UInt8], _ path: String) throws { try File.write(bytes, to: path) }

extension IndexImage {
  public init(png path: String) throws { try self.init(pngBytes: File.read(path)) }

  public func write(png path: String) throws { try File.write(pngBytes(), to: path) }
}

extension Picture {
  public init(png path: String) throws { try self.init(pngBytes: File.read(path)) }

  public func write(png path: String) throws { try File.write(pngBytes(), to: path) }
}

extension NPYArray {
  public init(npy path: String) throws { try self.init(npyBytes: File.read(path)) }

  public func write(npy path: String) throws { try File.write(npyBytes, to: path) }
}
