import FoundationEssentials
import SpadeModel
import SpadeQuantize
import SpadeTools

extension ModelMetadata {
  /// Reads a model's metadata.
  /// - Parameter path: The model's, for messages.
  init(of model: Model, path: String) throws(Failure) {
    // Foundation of Swift 6.0 ends the program on JSON that is not UTF-8.
    guard String(data: Data(model.metadata), encoding: .utf8) != nil else {
      throw Failure(path, ModelError.badMetadata)
    }
    do { self = try JSONDecoder().decode(Self.self, from: Data(model.metadata)) } catch {
      throw Failure(path, ModelError.badMetadata)
    }
  }

  init(of file: ModelFile) throws(Failure) { try self.init(of: file.model, path: file.path) }
}
