/// Where the executor keeps what it knows between steps, in bytes from the start of the state buffer.
public struct StateLayout {
  /// For each level: first row, end row, inner count, outer count, generation; `UInt32` each.
  public static let levelByteCount = 20
  /// For each norm: the level's generation at the last `hidden`, and at the last `affine`; `UInt32` each.
  public static let normByteCount = 8

  public static func level(_ index: Int) -> Int { index * levelByteCount }
  public static func norm(_ index: Int, levelCount: Int) -> Int {
    levelCount * levelByteCount + index * normByteCount
  }
  public static func byteCount(levelCount: Int, normCount: Int) -> Int {
    norm(normCount, levelCount: levelCount)
  }
}
