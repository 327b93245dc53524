import SpadeFiles
import SpadeModel

/// A model file, mapped and checked.
package final class ModelFile {
  package let path: String
  /// Valid while this value lives.
  package let model: Model
  private let file: MappedFile

  /// - Parameter isCopied: Whether the model is a copy of the file, which stays as it is when somebody writes into the file.
  package init(path: String, isCopied: Bool = false) throws(Failure) {
    self.path = path
    do { file = try MappedFile(path: path, isCopied: isCopied) } catch { throw Failure(path, error) }
    do { model = try Model(checking: file.bytes) } catch { throw Failure(path, error) }
  }

  /// - Parameter named: A path, or the name of a model that `ModelList` finds.
  package convenience init(named: String) throws(Failure) { try self.init(path: ModelList.path(of: named)) }

  package var byteCount: Int { file.bytes.count }

  /// XXH64 of the file.
  package var checksum: UInt64 { Checksum.of(file.bytes) }
}
