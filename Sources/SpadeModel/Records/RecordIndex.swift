/// Which record of its section: four bytes whose type keeps a buffer's index from being taken for a norm's.
@frozen
public struct RecordIndex<Record>: Hashable, Sendable, BitwiseCopyable {
  /// The field's value in the file.
  public let rawValue: UInt32

  @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// - Parameter position: 0 ..< the section's count.
  @inlinable public init(_ position: Int) { rawValue = UInt32(position) }

  /// `nil` where the field says that there is no such record.
  @inlinable public init?(field: UInt32) {
    if field == ModelFormat.none { return nil }
    rawValue = field
  }

  /// What a field says for `index`.
  @inlinable public static func field(_ index: Self?) -> UInt32 { index?.rawValue ?? ModelFormat.none }
}

extension Int {
  /// The record's position in its section.
  @inlinable public init<Record>(_ index: RecordIndex<Record>) { self.init(index.rawValue) }
}

/// A name's 32 bytes: zero-padded UTF-8.
public enum NameRecord {}

public typealias NameIndex = RecordIndex<NameRecord>
public typealias BufferIndex = RecordIndex<BufferRecord>
public typealias LevelIndex = RecordIndex<LevelRecord>
public typealias TableIndex = RecordIndex<TableRecord>
public typealias ProductIndex = RecordIndex<ProductRecord>
public typealias NormIndex = RecordIndex<NormRecord>
public typealias StepIndex = RecordIndex<StepRecord>
