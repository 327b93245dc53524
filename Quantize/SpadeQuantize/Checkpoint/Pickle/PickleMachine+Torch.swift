/// PyTorch's part of a state dict's pickle: storages, tensors, and the finished dictionary.
extension PickleMachine {
  /// `('storage', type, key, location, element count)`, in the legacy stream followed by view metadata.
  mutating func storage(persistentID: PickleValue) throws(CheckpointError) -> PickleValue {
    guard let items = container(persistentID)?.items, items.count == 5 || items.count == 6,
      case .string("storage") = items[0], case .global(.storage(let elementType)) = items[1],
      case .string(let key) = items[2], case .integer(let elementCount) = items[4], elementCount >= 0
    else { throw malformed }
    if items.count == 6 {
      guard case .none = items[5] else { throw .unsupportedStorageView(storage: key) }
    }
    let storage = PickleStorage(key: key, elementType: elementType, elementCount: elementCount)
    if let index = storageIndices[key] {
      guard storages[index] == storage else { throw .conflictingStorage(storage: key) }
      return .storage(index)
    }
    storageIndices[key] = storages.count
    storages.append(storage)
    return .storage(storages.count - 1)
  }

  /// What `REDUCE` makes of a global and its arguments.
  mutating func call(
    _ function: PickleValue, _ arguments: PickleValue
  ) throws(CheckpointError) -> PickleValue {
    guard case .global(let global) = function, let arguments = container(arguments), arguments.kind == .tuple
    else { throw malformed }
    let items = arguments.items
    switch global {
    case .orderedDictionary:
      guard items.isEmpty else { throw malformed }
      return makeContainer(.dictionary, [])
    case .rebuildTensor:
      guard items.count == 6 || items.count == 7, case .storage(let storage) = items[0],
        case .integer(let elementOffset) = items[1], let shape = extents(items[2]),
        let strides = extents(items[3])
      else { throw malformed }
      tensors.append(
        PickleTensor(storage: storage, elementOffset: elementOffset, shape: shape, strides: strides))
      return .tensor(tensors.count - 1)
    case .rebuildParameter:
      guard items.count == 3, case .tensor = items[0] else { throw malformed }
      return items[0]
    case .storage:
      throw malformed
    }
  }

  private func extents(_ value: PickleValue) -> [Int]? {
    guard let tuple = container(value), tuple.kind == .tuple, tuple.items.count <= StoredTensor.maximumRank
    else { return nil }
    var extents: [Int] = []
    for item in tuple.items {
      guard case .integer(let extent) = item else { return nil }
      extents.append(extent)
    }
    return extents
  }

  /// The tensors of a finished state dict, in its order.
  func stateDictionary(_ value: PickleValue) throws(CheckpointError) -> [(name: String, tensor: PickleTensor)]
  {
    guard let dictionary = container(value), dictionary.kind == .dictionary else { throw .notAStateDict }
    var entries: [(name: String, tensor: PickleTensor)] = []
    for index in stride(from: 0, to: dictionary.items.count, by: 2) {
      guard case .string(let name) = dictionary.items[index] else { throw .notAStateDict }
      guard case .tensor(let tensor) = dictionary.items[index + 1] else { throw .notATensor(name: name) }
      entries.append((name, tensors[tensor]))
    }
    return entries
  }

  /// The tensors of a finished state dict as views of the file.
  /// - Parameter places: The bytes of each storage, in the order of `storages`; whole elements.
  func storedTensors(
    _ value: PickleValue, places: [Range<Int>]
  ) throws(CheckpointError) -> [(name: String, tensor: StoredTensor)] {
    var entries: [(name: String, tensor: StoredTensor)] = []
    for (name, tensor) in try stateDictionary(value) {
      entries.append(
        (
          name,
          try StoredTensor(
            name: name, elementType: storages[tensor.storage].elementType, shape: tensor.shape,
            strides: tensor.strides, elementOffset: tensor.elementOffset, storage: places[tensor.storage])
        ))
    }
    return entries
  }
}
