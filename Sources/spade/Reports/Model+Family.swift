import SpadeModel
import SpadeQuantize
import SpadeTools

extension Model {
  /// Whose generator the file's network is: told by how layers are modulated and what blocks are called.
  var family: GeneratorConfiguration.Family {
    for index in 0..<stepCount {
      let step = step(StepIndex(index))
      if case .modulate(let modulation) = step.operation, case .symbols = norm(modulation.norm).source {
        return .clade
      }
      if text(step.block).hasPrefix("body.") { return .oasis }
    }
    return .spade
  }
}
