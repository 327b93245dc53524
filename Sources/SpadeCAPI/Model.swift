import CSpade
import SpadeModel

// The model of spade.h is a `Model` in memory that C gives, with a mark behind it; a test checks that both fit.

/// What stands in the last eight bytes of a C model that `spade_open` filled, and in no other: "spade" and random bits.
private var openMark: UInt64 { 0x7370_6164_65B1_5E2D }
private var openMarkOffset: Int { MemoryLayout<spade_model>.size - MemoryLayout<UInt64>.size }

/// The `Model` inside a C model; `nil` where that is NULL, or `spade_open` did not fill it.
func model(_ handle: UnsafePointer<spade_model>?) -> Model? {
  guard let handle = UnsafeRawPointer(handle),
    handle.load(fromByteOffset: openMarkOffset, as: UInt64.self) == openMark
  else { return nil }
  // Safe: spade_open left a Model there, which is trivial and ends before the mark.
  return handle.load(as: Model.self)
}

@_cdecl("spade_open")
public func open(
  _ handle: UnsafeMutablePointer<spade_model>?, _ bytes: UnsafeRawPointer?, _ byteCount: Int
) -> spade_status {
  guard let handle else { return SPADE_NULL_ARGUMENT }
  handle.initialize(to: spade_model())
  guard let bytes else { return SPADE_NULL_ARGUMENT }
  do throws(ModelError) {
    let model = try Model(checking: UnsafeRawBufferPointer(start: bytes, count: byteCount))
    let place = UnsafeMutableRawPointer(handle)
    place.storeBytes(of: model, as: Model.self)
    place.storeBytes(of: openMark, toByteOffset: openMarkOffset, as: UInt64.self)
    return SPADE_OK
  } catch {
    return spade_status(error)
  }
}

// C may pass NULL wherever spade.h has a pointer, so that these functions take optionals, as Swift imports their declarations.
// The two have to agree: a module that sees both has one function of that name.

@_cdecl("spade_width")
public func width(_ handle: UnsafePointer<spade_model>?) -> Int { model(handle)?.width ?? 0 }

@_cdecl("spade_height")
public func height(_ handle: UnsafePointer<spade_model>?) -> Int { model(handle)?.height ?? 0 }

@_cdecl("spade_picture_size")
public func pictureSize(_ handle: UnsafePointer<spade_model>?) -> Int {
  model(handle)?.pictureByteCount ?? 0
}

@_cdecl("spade_label_count")
public func labelCount(_ handle: UnsafePointer<spade_model>?) -> Int {
  model(handle)?.labelCount ?? 0
}

@_cdecl("spade_unknown_label")
public func unknownLabel(_ handle: UnsafePointer<spade_model>?) -> Int32 {
  model(handle)?.unknownLabel.map { Int32($0) } ?? -1
}

@_cdecl("spade_has_edges")
public func hasEdges(_ handle: UnsafePointer<spade_model>?) -> Int32 {
  model(handle)?.hasEdges == true ? 1 : 0
}

@_cdecl("spade_has_encoder")
public func hasEncoder(_ handle: UnsafePointer<spade_model>?) -> Int32 {
  model(handle)?.encoder == nil ? 0 : 1
}

@_cdecl("spade_style_count")
public func styleCount(_ handle: UnsafePointer<spade_model>?) -> Int {
  model(handle)?.styleCount ?? 0
}
