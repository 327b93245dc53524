/// Where the parts of a level's buffer lie, in bytes from its start.
///
/// ```
/// inner numbers   UInt16[height][width]
/// outer numbers   UInt16[height][width]
/// inner places    UInt16[innerCapacity][2]  row and column of a pixel whose window it is
/// outer places    UInt16[outerCapacity][2]
/// inner slots     UInt16[innerSlotCount]    open-addressing hash tables of numbers
/// outer slots     UInt16[outerSlotCount]
/// ```
public struct LevelLayout {
  public let innerNumbers = 0
  public let outerNumbers: Int
  public let innerPlaces: Int
  public let outerPlaces: Int
  public let innerSlots: Int
  public let outerSlots: Int
  /// Powers of two, at least twice the capacity.
  public let innerSlotCount: Int
  public let outerSlotCount: Int
  public let byteCount: Int

  public init(width: Int, height: Int, innerCapacity: Int, outerCapacity: Int) {
    let plane = width * height * 2
    outerNumbers = plane
    innerPlaces = ModelFormat.padded(2 * plane, to: 4)
    outerPlaces = innerPlaces + innerCapacity * 4
    innerSlotCount = Self.slotCount(capacity: innerCapacity)
    outerSlotCount = Self.slotCount(capacity: outerCapacity)
    innerSlots = outerPlaces + outerCapacity * 4
    outerSlots = innerSlots + innerSlotCount * 2
    byteCount = outerSlots + outerSlotCount * 2
  }

  public init(_ level: LevelRecord) {
    self.init(
      width: Int(level.width), height: Int(level.height), innerCapacity: Int(level.innerCapacity),
      outerCapacity: Int(level.outerCapacity))
  }

  private static func slotCount(capacity: Int) -> Int {
    var count = 16
    while count < 2 * capacity { count *= 2 }
    return count
  }
}
