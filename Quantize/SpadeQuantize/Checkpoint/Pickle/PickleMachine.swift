/// Interprets the pickle of a state dict: builds plain values, calls nothing.
///
/// Memory is at most a constant times the pickle's length: each opcode makes at most one container, and a container
/// takes only values that opcodes pushed.
struct PickleMachine {
  /// Longest pickle that is read, in bytes. A full-size generator's has about 80 000.
  static let maximumByteCount = 1 << 20
  /// Most values and marks on the stack.
  static let maximumDepth = 1 << 16
  /// Longest module or class name, in bytes.
  static let maximumNameLength = 256

  var containers: [PickleContainer] = []
  var storages: [PickleStorage] = []
  var tensors: [PickleTensor] = []
  var storageIndices: [String: Int] = [:]
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  /// The opcode being executed, for messages.
  private var opcode: UInt8 = 0
  private var opcodeOffset = 0

  var malformed: CheckpointError { .malformedPickle(opcode: opcode, offset: opcodeOffset) }

  /// Runs one pickle, up to and including its `STOP`, and returns what is on top of the stack. Containers, storages and
  /// tensors of pickles run before stay valid; stack and memo start empty.
  mutating func run(_ reader: inout ByteReader) throws(CheckpointError) -> PickleValue {
    stack.removeAll()
    marks.removeAll()
    memo.removeAll()
    let start = reader.offset
    while true {
      opcodeOffset = reader.offset
      guard opcodeOffset - start <= Self.maximumByteCount else {
        throw .pickleTooLong(limit: Self.maximumByteCount)
      }
      opcode = try reader.byte()
      guard let known = PickleOpcode(rawValue: opcode) else {
        throw .unsupportedOpcode(found: opcode, offset: opcodeOffset)
      }
      if known == .stop { return try pop() }
      try execute(known, &reader)
      guard stack.count <= Self.maximumDepth, marks.count <= Self.maximumDepth else {
        throw .pickleTooDeep(limit: Self.maximumDepth, offset: opcodeOffset)
      }
    }
  }

  private mutating func execute(
    _ known: PickleOpcode, _ reader: inout ByteReader
  ) throws(CheckpointError) {
    switch known {
    case .proto:
      let version = Int(try reader.byte())
      guard (2...5).contains(version) else { throw .unsupportedPickleProtocol(found: version) }
    case .frame: _ = try reader.take(8)
    case .stop: break

    case .mark: marks.append(stack.count)
    case .emptyDictionary: push(.dictionary, [])
    case .emptyList: push(.list, [])
    case .emptyTuple: push(.tuple, [])
    case .tuple: push(.tuple, try popToMark())
    case .tuple1: push(.tuple, try pop(1))
    case .tuple2: push(.tuple, try pop(2))
    case .tuple3: push(.tuple, try pop(3))
    case .append: try extend(.list, with: try pop(1))
    case .appends: try extend(.list, with: try popToMark())
    case .setItem: try extend(.dictionary, with: try pop(2))
    case .setItems: try extend(.dictionary, with: try popToMark())

    case .none: stack.append(.none)
    case .newTrue: stack.append(.bool(true))
    case .newFalse: stack.append(.bool(false))
    case .binaryInteger: stack.append(.integer(Int(try reader.integer(Int32.self))))
    case .binaryInteger1: stack.append(.integer(Int(try reader.byte())))
    case .binaryInteger2: stack.append(.integer(Int(try reader.integer(UInt16.self))))
    case .long1: stack.append(try long(&reader))
    case .binaryFloat:
      stack.append(.float(Double(bitPattern: try reader.integer(UInt64.self).byteSwapped)))
    case .binaryUnicode: stack.append(.string(try reader.text(Int(try reader.integer(UInt32.self)))))
    case .shortBinaryUnicode: stack.append(.string(try reader.text(Int(try reader.byte()))))

    case .binaryPut: memo[Int(try reader.byte())] = try top()
    case .longBinaryPut: memo[Int(try reader.integer(UInt32.self))] = try top()
    case .memoize: memo[memo.count] = try top()
    case .binaryGet: try recall(Int(try reader.byte()))
    case .longBinaryGet: try recall(Int(try reader.integer(UInt32.self)))

    case .global:
      let module = try reader.line(limit: Self.maximumNameLength)
      try pushGlobal(module: module, name: try reader.line(limit: Self.maximumNameLength))
    case .stackGlobal:
      guard case .string(let name) = try pop(), case .string(let module) = try pop() else { throw malformed }
      try pushGlobal(module: module, name: name)
    case .binaryPersistentID: stack.append(try storage(persistentID: try pop()))
    case .reduce:
      let arguments = try pop()
      stack.append(try call(try pop(), arguments))
    case .build:
      let state = try pop()
      let object = try top()
      guard let state = container(state), state.kind != .list, let object = container(object),
        object.kind == .dictionary
      else { throw malformed }
    }
  }

  /// The container a value stands for, or `nil` for any other value.
  func container(_ value: PickleValue) -> PickleContainer? {
    guard case .container(let index) = value else { return nil }
    return containers[index]
  }

  mutating func makeContainer(_ kind: PickleContainer.Kind, _ items: [PickleValue]) -> PickleValue {
    containers.append(PickleContainer(kind: kind, items: items))
    return .container(containers.count - 1)
  }

  private mutating func push(_ kind: PickleContainer.Kind, _ items: [PickleValue]) {
    stack.append(makeContainer(kind, items))
  }

  private mutating func pushGlobal(module: String, name: String) throws(CheckpointError) {
    guard let global = PickleGlobal(module: module, name: name) else {
      throw .unsupportedGlobal(name: String("\(module).\(name)".prefix(Self.maximumNameLength)))
    }
    stack.append(.global(global))
  }

  private mutating func long(_ reader: inout ByteReader) throws(CheckpointError) -> PickleValue {
    let start = reader.offset
    let range = try reader.take(Int(try reader.byte()))
    let digits = reader.bytes[range]
    if digits.elementsEqual(LegacyCheckpoint.magic) { return .legacyMagic }
    guard digits.count <= 8 else { throw .numberTooLarge(offset: start) }
    var value: Int64 = (digits.last ?? 0) & 0x80 == 0 ? 0 : -1
    for digit in digits.reversed() { value = value << 8 | Int64(digit) }
    return .integer(Int(value))
  }

  /// Values below the innermost mark belong to someone else.
  private var floor: Int { marks.last ?? 0 }

  private func top() throws(CheckpointError) -> PickleValue {
    guard stack.count > floor, let value = stack.last else { throw malformed }
    return value
  }

  private mutating func pop() throws(CheckpointError) -> PickleValue {
    let value = try top()
    stack.removeLast()
    return value
  }

  private mutating func pop(_ count: Int) throws(CheckpointError) -> [PickleValue] {
    guard stack.count - floor >= count else { throw malformed }
    let values = Array(stack.suffix(count))
    stack.removeLast(count)
    return values
  }

  private mutating func popToMark() throws(CheckpointError) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw malformed }
    let values = Array(stack[mark...])
    stack.removeLast(values.count)
    return values
  }

  private mutating func recall(_ index: Int) throws(CheckpointError) {
    guard let value = memo[index] else { throw .unsetMemo(index: index, offset: opcodeOffset) }
    stack.append(value)
  }

  /// Appends to the container on top of the stack.
  private mutating func extend(
    _ kind: PickleContainer.Kind, with items: [PickleValue]
  ) throws(CheckpointError) {
    guard case .container(let index) = try top(), containers[index].kind == kind,
      kind == .list || items.count.isMultiple(of: 2)
    else { throw malformed }
    containers[index].items += items
  }
}
