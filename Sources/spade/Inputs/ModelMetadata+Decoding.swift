import Foundation
import SpadeModel
import SpadeQuantize
import SpadeTools

extension ModelMetadata {
  /// Reads a model's metadata.
  /// - Parameter path: The model's, for messages.
  init(of model: Model, path: String) throws(Failure) {
    do { self = try JSONDecoder().decode(Self.self, from: Data(model.metadata)) } catch {
      throw Failure(path, ModelError.badMetadata)
    }
  }

  init(of file: ModelFile) throws(Failure) { try self.init(of: file.model, path: file.path) }
}
