import CSpade
import SpadeModel
import SpadeRuntime

@_cdecl("spade_arena_size")
public func arenaSize(_ handle: UnsafePointer<spade_model>?, _ threadCount: Int) -> Int {
  guard let model = model(handle), ArenaLayout.threadCounts.contains(threadCount) else { return 0 }
  return Runtime.arenaByteCount(model: model, threadCount: threadCount)
}

@_cdecl("spade_start")
public func start(
  _ handle: UnsafeMutablePointer<OpaquePointer?>?, _ modelHandle: UnsafePointer<spade_model>?,
  _ arena: UnsafeMutableRawPointer?, _ arenaSize: Int, _ threadCount: Int
) -> spade_status {
  guard let handle, let modelHandle, let arena else { return SPADE_NULL_ARGUMENT }
  guard let model = model(modelHandle) else { return SPADE_NOT_OPEN }
  do throws(InputError) {
    let runtime = try Runtime(
      model: model, arena: UnsafeMutableRawBufferPointer(start: arena, count: arenaSize), kernels: .best,
      threadCount: threadCount)
    assert(MemoryLayout<Runtime>.size <= ArenaLayout.runtimeByteCount)
    // Safe: every arena has room for a runtime there, 64-byte aligned.
    let place = (arena + ArenaLayout(model, threadCount: threadCount).runtime).bindMemory(
      to: Runtime.self, capacity: 1)
    place.initialize(to: runtime)
    handle.pointee = OpaquePointer(place)
    return SPADE_OK
  } catch {
    return spade_status(error)
  }
}

@_cdecl("spade_kernels")
public func kernels(_ handle: OpaquePointer?) -> UnsafePointer<CChar>? {
  guard let handle else { return nil }
  return KernelSet.name(at: UnsafePointer<Runtime>(handle).pointee.kernels.index)
}

@_cdecl("spade_paint")
public func paint(
  _ handle: OpaquePointer?, _ labels: UnsafePointer<UInt16>?, _ edges: UnsafePointer<UInt8>?,
  _ style: UnsafePointer<Float>?, _ rgb: UnsafeMutablePointer<UInt8>?
) -> spade_status {
  guard let handle, let labels, let rgb else { return SPADE_NULL_ARGUMENT }
  let runtime = UnsafeMutablePointer<Runtime>(handle)
  let model = runtime.pointee.model
  guard style != nil || model.styleCount == 0 else { return SPADE_STYLE_MISSING }
  let pixelCount = model.width * model.height
  do throws(InputError) {
    try runtime.pointee.begin(
      labels: UnsafeBufferPointer(start: labels, count: pixelCount),
      edges: edges == nil ? nil : UnsafeBufferPointer(start: edges, count: pixelCount),
      style: UnsafeBufferPointer(start: style, count: style == nil ? 0 : model.styleCount),
      picture: UnsafeMutableBufferPointer(start: rgb, count: model.pictureByteCount))
  } catch {
    return spade_status(error)
  }
  runtime.pointee.run()
  return SPADE_OK
}

@_cdecl("spade_encode")
public func encode(
  _ handle: OpaquePointer?, _ rgb: UnsafePointer<UInt8>?, _ style: UnsafeMutablePointer<Float>?
) -> spade_status {
  guard let handle, let rgb, let style else { return SPADE_NULL_ARGUMENT }
  let runtime = UnsafeMutablePointer<Runtime>(handle)
  do throws(InputError) {
    try runtime.pointee.encodeStyle(
      photo: UnsafeBufferPointer(start: rgb, count: EncoderLayout.photoByteCount),
      into: UnsafeMutableBufferPointer(start: style, count: runtime.pointee.model.styleCount))
    return SPADE_OK
  } catch {
    return spade_status(error)
  }
}

@_cdecl("spade_stop")
public func stop(_ handle: OpaquePointer?) {
  guard let handle else { return }
  UnsafeMutablePointer<Runtime>(handle).deinitialize(count: 1)
}
