import SpadeModel

/// A tensor between stages, before it has a place in the arena.
struct PlannedTensor {
  var name: String
  var kind: BufferKind
  var width: Int
  var height: Int
  /// Channels that mean something.
  var channels: Int
  /// Real value of one code of a wide tensor.
  var scale: Float = 0
}

/// What a stage does with rows; indices are into the program's records.
enum Operation {
  case labelFirst(table: Int)
  case styleFirst(product: Int)
  case normalize(inputScale: Float, outputScale: Float)
  /// `shift` 1 reads the input at half resolution.
  case modulate(norm: Int, shift: Int)
  case convolve(product: Int, residual: Residual?)
  case picture(product: Int)

  struct Residual {
    var tensor: Int
    var shift: Int
    var scale: Float
    /// The stage that made the rows to add, where the residual lies in the output's own place.
    var stage: Int?
  }
}

/// One layer of the quantised network. Stages are listed in an order in which each reads only what earlier ones made.
struct Stage {
  var name: String
  var block: String
  var operation: Operation
  /// Tensor read, if any.
  var input: Int?
  /// Tensor written; `nil` for the picture.
  var output: Int?
  var width: Int
  var height: Int
  /// The block's place in the network; the planner decides block by block which run in bands.
  var blockIndex: Int
}

/// The quantised network: records and weights complete, rows and places still open.
struct QuantizedNetwork {
  var configuration: GeneratorConfiguration
  var tensors: [PlannedTensor] = []
  var stages: [Stage] = []
  var levels: [LevelRecord] = []
  var tables: [TableRecord] = []
  var products: [ProductRecord] = []
  var norms: [NormRecord] = []
  var names = NameTable()
  var weights = WeightStore()
}

/// Names of at most 32 bytes, each once.
struct NameTable {
  private(set) var names: [String] = []
  private var indices: [String: UInt32] = [:]

  mutating func index(_ name: String) -> UInt32 {
    if let known = indices[name] { return known }
    let index = UInt32(names.count)
    names.append(name)
    indices[name] = index
    return index
  }
}
