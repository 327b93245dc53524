import SpadeInput
import SpadeModel

/// A model file with another memory plan: the same network, weights and pictures.
public struct ReplannedModel {
  /// The new file.
  public let file: [UInt8]
  public let choice: PlanChoice
  /// The new file's.
  public private(set) var metadata: ModelMetadata

  /// - Parameter maps: At network resolution, what the plan is made for; at least one.
  /// - Throws: `UnfamiliarModel`.
  public init(
    _ model: Model, _ metadata: ModelMetadata, maps: [LabelMap], _ request: PlanRequest
  ) throws {
    let network = try QuantizedNetwork(model)
    let scenes = network.scenes(maps)
    let search = PlanSearch(network, scenes: scenes, machine: request.machine, encoder: model.encoder)
    choice = search.choose(request.goal)
    let plan = search.plan(choice.chosen)
    self.metadata = metadata
    self.metadata.set(plan, choice, network, scenes)
    file = ModelWriter(network, plan, keepingTestOf: model, metadata: try self.metadata.json()).file()
  }
}
