import Foundation
import SpadeModel
import SpadeQuantize
import SpadeTools

extension ModelFile {
  func metadata() throws -> ModelMetadata {
    do {
      return try JSONDecoder().decode(ModelMetadata.self, from: Data(model.metadata))
    } catch {
      throw Failure(path, ModelError.badMetadata)
    }
  }
}
