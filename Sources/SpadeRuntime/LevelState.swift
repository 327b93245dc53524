import SpadeModel

/// The numbered windows of one resolution: rows `rowStart ..< rowEnd`, until they are numbered anew.
///
/// A symbol window is the k×k neighbourhood of label ids (with edge bits) of a pixel; *inner* windows are the distinct
/// ones. Hidden activations are a function of the inner window. An *outer* window is the k×k neighbourhood of inner
/// windows; γ and β are functions of it.
struct LevelState {
  let record: LevelRecord
  let layout: LevelLayout
  let base: UnsafeMutableRawPointer
  private let state: UnsafeMutablePointer<UInt32>

  init(_ index: Int, model: Model, arena: UnsafeMutableRawPointer, stateBase: UnsafeMutableRawPointer) {
    record = model.level(index)
    layout = LevelLayout(record)
    base = arena + Int(model.buffer(Int(record.buffer)).offset)
    state = (stateBase + StateLayout.level(index)).assumingMemoryBound(to: UInt32.self)
  }

  var width: Int { Int(record.width) }
  var height: Int { Int(record.height) }

  var rowStart: Int {
    get { Int(state[0]) }
    nonmutating set { state[0] = UInt32(newValue) }
  }
  var rowEnd: Int {
    get { Int(state[1]) }
    nonmutating set { state[1] = UInt32(newValue) }
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

  var innerNumbers: UnsafeMutablePointer<UInt16> {
    (base + layout.innerNumbers).assumingMemoryBound(to: UInt16.self)
  }
  var outerNumbers: UnsafeMutablePointer<UInt16> {
    (base + layout.outerNumbers).assumingMemoryBound(to: UInt16.self)
  }
  var innerPlaces: UnsafeMutablePointer<Place> {
    (base + layout.innerPlaces).assumingMemoryBound(to: Place.self)
  }
  var outerPlaces: UnsafeMutablePointer<Place> {
    (base + layout.outerPlaces).assumingMemoryBound(to: Place.self)
  }
  var innerSlots: UnsafeMutablePointer<UInt16> {
    (base + layout.innerSlots).assumingMemoryBound(to: UInt16.self)
  }
  var outerSlots: UnsafeMutablePointer<UInt16> {
    (base + layout.outerSlots).assumingMemoryBound(to: UInt16.self)
  }
}
