import Foundation
import SpadeModel
import SpadeQuantize

/// A model file, mapped and checked.
final class ModelFile {
  let path: String
  /// Valid while this value lives.
  let model: Model
  private let file: MappedFile

  init(path: String) throws {
    self.path = path
    file = try about(path) { try MappedFile(path: path) }
    model = try about(path) { [file] in try Model(checking: file.bytes) }
  }

  var byteCount: Int { file.bytes.count }

  func metadata() throws -> ModelMetadata {
    do {
      return try JSONDecoder().decode(ModelMetadata.self, from: Data(model.metadata))
    } catch {
      throw Failure(path, ModelError.badMetadata)
    }
  }
}
