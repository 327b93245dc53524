import CSpade
import SpadeInput
import SpadeModel

@_cdecl("spade_seed_style")
public func seedStyle(
  _ handle: UnsafePointer<spade_model>?, _ seed: UInt64, _ style: UnsafeMutablePointer<Float>?
) -> spade_status {
  guard let handle, let style else { return SPADE_NULL_ARGUMENT }
  guard let model = model(handle) else { return SPADE_NOT_OPEN }
  NormalGenerator.fill(UnsafeMutableBufferPointer(start: style, count: model.styleCount), seed: seed)
  return SPADE_OK
}

@_cdecl("spade_saved_style_size")
public func savedStyleSize(_ handle: UnsafePointer<spade_model>?) -> Int {
  guard let model = model(handle), model.styleCount > 0 else { return 0 }
  return StyleFile.byteCount(valueCount: model.styleCount)
}

@_cdecl("spade_read_style")
public func readStyle(
  _ handle: UnsafePointer<spade_model>?, _ bytes: UnsafeRawPointer?, _ byteCount: Int,
  _ style: UnsafeMutablePointer<Float>?
) -> spade_status {
  guard let handle, let bytes, let style else { return SPADE_NULL_ARGUMENT }
  guard let model = model(handle) else { return SPADE_NOT_OPEN }
  do throws(StyleError) {
    let file = try StyleFile(checking: UnsafeRawBufferPointer(start: bytes, count: byteCount))
    guard file.valueCount == model.styleCount else { return SPADE_STYLE_LENGTH }
    for index in 0..<file.valueCount { style[index] = file[index] }
    return SPADE_OK
  } catch {
    return spade_status(error)
  }
}

@_cdecl("spade_write_style")
public func writeStyle(
  _ handle: UnsafePointer<spade_model>?, _ style: UnsafePointer<Float>?, _ bytes: UnsafeMutableRawPointer?
) -> spade_status {
  guard let handle, let style, let bytes else { return SPADE_NULL_ARGUMENT }
  guard let model = model(handle) else { return SPADE_NOT_OPEN }
  let count = model.styleCount
  guard count > 0 else { return SPADE_STYLE_LENGTH }
  for index in 0..<count where !style[index].isFinite { return SPADE_STYLE_NOT_FINITE }
  StyleFile.write(
    UnsafeBufferPointer(start: style, count: count),
    to: UnsafeMutableRawBufferPointer(start: bytes, count: StyleFile.byteCount(valueCount: count)))
  return SPADE_OK
}
