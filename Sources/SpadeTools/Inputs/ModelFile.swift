import SpadeModel

/// A model file, mapped and checked.
package final class ModelFile {
  package let path: String
  /// Valid while this value lives.
  package let model: Model
  private let file: MappedFile

  package init(path: String) throws(Failure) {
    self.path = path
    do { file = try MappedFile(path: path) } catch { throw Failure(path, error) }
    do { model = try Model(checking: file.bytes) } catch { throw Failure(path, error) }
  }

  package var byteCount: Int { file.bytes.count }
}
