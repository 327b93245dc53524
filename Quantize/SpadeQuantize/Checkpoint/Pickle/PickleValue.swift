/// A value on the pickle stack. Containers, storages and tensors are indices into the machine's tables, so
/// values are flat: sharing costs nothing, and no depth of nesting makes anything recursive.
enum PickleValue {
  case none
  case bool(Bool)
  case integer(Int)
  case float(Double)
  case string(String)
  /// The 80-bit number that PyTorch's legacy stream begins with.
  case legacyMagic
  case global(PickleGlobal)
  case container(Int)
  case storage(Int)
  case tensor(Int)
}

/// A tuple, list or dictionary.
struct PickleContainer {
  enum Kind { case tuple, list, dictionary }

  var kind: Kind
  /// A dictionary's keys and values alternate.
  var items: [PickleValue] = []
}

/// The only names a state dict may ask for.
enum PickleGlobal: Equatable {
  case orderedDictionary, rebuildTensor, rebuildParameter
  case storage(ElementType)

  init?(module: String, name: String) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    case ("torch", "FloatStorage"): self = .storage(.float32)
    case ("torch", "HalfStorage"): self = .storage(.float16)
    case ("torch", "BFloat16Storage"): self = .storage(.bfloat16)
    case ("torch", "DoubleStorage"): self = .storage(.float64)
    case ("torch", "LongStorage"): self = .storage(.int64)
    case ("torch", "IntStorage"): self = .storage(.int32)
    case ("torch", "ShortStorage"): self = .storage(.int16)
    case ("torch", "CharStorage"): self = .storage(.int8)
    case ("torch", "ByteStorage"): self = .storage(.uint8)
    case ("torch", "BoolStorage"): self = .storage(.bool)
    default: return nil
    }
  }
}

/// A storage as a persistent id names it.
struct PickleStorage: Equatable {
  var key: String
  var elementType: ElementType
  var elementCount: Int
}

/// A tensor as `_rebuild_tensor_v2` describes it: unchecked, except that its rank is bounded.
struct PickleTensor {
  /// Index into the machine's storages.
  var storage: Int
  var elementOffset: Int
  var shape: [Int]
  var strides: [Int]
}
