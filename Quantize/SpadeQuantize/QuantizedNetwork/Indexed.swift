/// The place of a `Key` in its list. A tensor's index opens no list of stages.
struct IndexOf<Key>: Hashable, Strideable, Sendable {
  let position: Int

  init(_ position: Int) { self.position = position }

  func distance(to other: Self) -> Int { other.position - position }
  func advanced(by count: Int) -> Self { Self(position + count) }
}

/// One value for each `Key`, in order, opened by the keys' indices alone.
struct Indexed<Key, Value>: RandomAccessCollection, MutableCollection {
  typealias Index = IndexOf<Key>
  typealias Element = Value

  private var values: [Value]

  init(_ values: [Value] = []) { self.values = values }

  var startIndex: Index { Index(0) }
  var endIndex: Index { Index(values.count) }
  subscript(index: Index) -> Value {
    get { values[index.position] }
    set { values[index.position] = newValue }
  }

  /// Another value for each key.
  func mapValues<Other>(_ transform: (Value) -> Other) -> Indexed<Key, Other> {
    Indexed<Key, Other>(values.map(transform))
  }
}

/// Elements that are their own keys.
typealias List<Element> = Indexed<Element, Element>

extension Indexed where Key == Value {
  /// Puts an element at the end.
  /// - Returns: Its index.
  @discardableResult
  mutating func append(_ value: Value) -> Index {
    values.append(value)
    return Index(values.count - 1)
  }
}

extension Indexed: Sendable where Value: Sendable {}
