import SpadeBoards

/// `count` and `at(_:)` are written by the plugin ListBoards: a board for each folder.
extension Board {
  /// The board of a folder's name, in UTF-8.
  public static func named(_ name: some Sequence<UInt8>) -> Board? {
    for index in 0..<count {
      let board = at(index)
      if board.name.isPrefix(of: name, isWhole: true) { return board }
    }
    return nil
  }

  /// The board that says `deviceTreeModel` in `/proc/device-tree/model`, or `nil` for one that is not described here. Of
  /// two whose prefixes fit it is the one with the longer prefix.
  public static func running(deviceTreeModel: some Sequence<UInt8>) -> Board? {
    var found: Board?
    for index in 0..<count {
      let board = at(index)
      guard board.modelPrefix.utf8CodeUnitCount > found?.modelPrefix.utf8CodeUnitCount ?? 0 else { continue }
      if board.modelPrefix.isPrefix(of: deviceTreeModel, isWhole: false) { found = board }
    }
    return found
  }
}

extension StaticString {
  /// Whether `bytes` begin with this text and, if `isWhole`, end with it too.
  fileprivate func isPrefix(of bytes: some Sequence<UInt8>, isWhole: Bool) -> Bool {
    var index = 0
    for byte in bytes {
      if index == utf8CodeUnitCount { return !isWhole }
      // Safe: `index` is below the count.
      guard utf8Start[index] == byte else { return false }
      index += 1
    }
    return index == utf8CodeUnitCount
  }
}
