extension Model {
  func checkLevel(_ l: LevelRecord) throws(LevelRule) {
    guard (1...4096).contains(l.width) else { throw .width }
    guard (1...4096).contains(l.height) else { throw .height }
    guard l.shift < 12 else { throw .shift }
    guard Int(l.width) << Int(l.shift) == width, Int(l.height) << Int(l.shift) == height else {
      throw .picture
    }
    let capacities = 1..<UInt32(ModelFormat.windowLimit)
    guard capacities.contains(l.innerCapacity) else { throw .innerCapacity }
    guard capacities.contains(l.outerCapacity) else { throw .outerCapacity }
    guard isRaw(l.buffer, byteCount: LevelLayout(l).byteCount) else { throw .buffer }
  }
}
