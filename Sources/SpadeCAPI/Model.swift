import CSpade
import SpadeModel

// The model of spade.h is a `Model` in memory that C gives; its size is checked by a test.

/// The `Model` inside a C model that `spade_open` filled.
func model(_ handle: UnsafePointer<spade_model>) -> Model {
  // Safe: spade_open left a Model there, which is trivial and smaller.
  UnsafeRawPointer(handle).load(as: Model.self)
}

@_cdecl("spade_open")
public func open(
  _ handle: UnsafeMutablePointer<spade_model>?, _ bytes: UnsafeRawPointer?, _ byteCount: Int
) -> spade_status {
  guard let handle, let bytes else { return SPADE_NULL_ARGUMENT }
  do throws(ModelError) {
    let model = try Model(checking: UnsafeRawBufferPointer(start: bytes, count: byteCount))
    UnsafeMutableRawPointer(handle).storeBytes(of: model, as: Model.self)
    return SPADE_OK
  } catch {
    return spade_status(error)
  }
}

// C may pass NULL wherever spade.h has a pointer, so that these functions take optionals, as Swift imports their declarations.
// The two have to agree: a module that sees both has one function of that name.

@_cdecl("spade_width")
public func width(_ handle: UnsafePointer<spade_model>?) -> Int { handle.map { model($0).width } ?? 0 }

@_cdecl("spade_height")
public func height(_ handle: UnsafePointer<spade_model>?) -> Int { handle.map { model($0).height } ?? 0 }

@_cdecl("spade_picture_size")
public func pictureSize(_ handle: UnsafePointer<spade_model>?) -> Int {
  handle.map { model($0).pictureByteCount } ?? 0
}

@_cdecl("spade_label_count")
public func labelCount(_ handle: UnsafePointer<spade_model>?) -> Int {
  handle.map { model($0).labelCount } ?? 0
}

@_cdecl("spade_unknown_label")
public func unknownLabel(_ handle: UnsafePointer<spade_model>?) -> Int32 {
  handle.flatMap { model($0).unknownLabel }.map { Int32($0) } ?? -1
}

@_cdecl("spade_has_edges")
public func hasEdges(_ handle: UnsafePointer<spade_model>?) -> Int32 {
  handle.map { model($0).hasEdges ? 1 : 0 } ?? 0
}

@_cdecl("spade_has_encoder")
public func hasEncoder(_ handle: UnsafePointer<spade_model>?) -> Int32 {
  handle.map { model($0).encoder == nil ? 0 : 1 } ?? 0
}

@_cdecl("spade_style_count")
public func styleCount(_ handle: UnsafePointer<spade_model>?) -> Int {
  handle.map { model($0).styleCount } ?? 0
}
