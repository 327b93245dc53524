import Foundation
import SpadeModel
import SpadeProgram
import SpadeQuantize

extension ModelFile {
  func metadata() throws -> ModelMetadata {
    do {
      return try JSONDecoder().decode(ModelMetadata.self, from: Data(model.metadata))
    } catch {
      throw Failure(path, ModelError.badMetadata)
    }
  }
}
