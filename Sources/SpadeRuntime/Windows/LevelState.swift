import SpadeModel

/// The numbered windows of one resolution: rows `rows`, until they are numbered anew.
///
/// An *inner* window is the k×k neighbourhood of symbols (label ids with their edge bits) of a pixel; hidden activations are a
/// function of it. An *outer* window is the k×k neighbourhood of inner windows; A and B are functions of it.
struct LevelState {
  let record: LevelRecord
  let layout: LevelLayout
  private let base: UnsafeMutableRawPointer
  private let state: UnsafeMutablePointer<UInt32>

  /// - Parameters:
  ///   - buffer: Of the level.
  ///   - state: The level's part of the state buffer.
  init(_ record: LevelRecord, buffer: UnsafeMutableRawPointer, state: UnsafeMutablePointer<UInt32>) {
    self.record = record
    layout = LevelLayout(record)
    base = buffer
    self.state = state
  }

  var width: Int { Int(record.width) }
  var height: Int { Int(record.height) }
  var shift: Int { Int(record.shift) }

  var rows: Range<Int> {
    get { Range(uncheckedBounds: (Int(state[0]), Int(state[1]))) }
    nonmutating set {
      state[0] = UInt32(newValue.lowerBound)
      state[1] = UInt32(newValue.upperBound)
    }
  }
  var innerCount: Int {
    get { Int(state[2]) }
    nonmutating set { state[2] = UInt32(newValue) }
  }
  var outerCount: Int {
    get { Int(state[3]) }
    nonmutating set { state[3] = UInt32(newValue) }
  }
  /// Counts how often the windows were numbered in this frame.
  var generation: UInt32 {
    get { state[4] }
    nonmutating set { state[4] = newValue }
  }

  /// No windows, as before the first frame.
  func forget() { state.update(repeating: 0, count: StateLayout.levelByteCount / 4) }

  var innerNumbers: UnsafeMutablePointer<UInt16> { part(layout.innerNumbers) }
  var outerNumbers: UnsafeMutablePointer<UInt16> { part(layout.outerNumbers) }
  var innerPositions: UnsafeMutablePointer<PixelPosition> { part(layout.innerPlaces) }
  var outerPositions: UnsafeMutablePointer<PixelPosition> { part(layout.outerPlaces) }
  var innerSlots: UnsafeMutablePointer<UInt16> { part(layout.innerSlots) }
  var outerSlots: UnsafeMutablePointer<UInt16> { part(layout.outerSlots) }

  @inline(__always)
  private func part<Element>(_ offset: Int) -> UnsafeMutablePointer<Element> {
    (base + offset).assumingMemoryBound(to: Element.self)
  }
}

/// What a norm has made: the level's generation at its last `hidden` and `affine`, 0 for never.
struct NormState {
  private let state: UnsafeMutablePointer<UInt32>

  /// - Parameter state: The norm's part of the state buffer.
  init(_ state: UnsafeMutablePointer<UInt32>) { self.state = state }

  var hiddenGeneration: UInt32 {
    get { state[0] }
    nonmutating set { state[0] = newValue }
  }
  var affineGeneration: UInt32 {
    get { state[1] }
    nonmutating set { state[1] = newValue }
  }

  func forget() { state.update(repeating: 0, count: StateLayout.normByteCount / 4) }
}
