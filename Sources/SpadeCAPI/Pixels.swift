import CSpade
import SpadeModel
import SpadePixels

@_cdecl("spade_stretch_photo")
public func stretchPhoto(
  _ rgb: UnsafePointer<UInt8>?, _ width: Int, _ height: Int, _ photo: UnsafeMutablePointer<UInt8>?
) -> spade_status {
  guard let rgb, let photo else { return SPADE_NULL_ARGUMENT }
  guard isSide(width), isSide(height) else { return SPADE_BAD_SIDE }
  PhotoPixels(width: width, height: height, rgb: rgb)
    .stretch(width: EncoderLayout.photoSide, height: EncoderLayout.photoSide, into: photo)
  return SPADE_OK
}

@_cdecl("spade_read_drawing")
public func readDrawing(
  _ handle: UnsafePointer<spade_model>?, _ colors: UnsafePointer<Int32>?, _ rgba: UnsafePointer<UInt8>?,
  _ width: Int,
  _ height: Int, _ ids: UnsafeMutablePointer<UInt16>?, _ strange: UnsafeMutablePointer<UInt8>?
) -> spade_status {
  guard let handle, let colors, let rgba, let ids else { return SPADE_NULL_ARGUMENT }
  guard let model = model(handle) else { return SPADE_NOT_OPEN }
  guard isSide(width), isSide(height) else { return SPADE_BAD_SIDE }
  // Safe: a network has no more labels than there may be colours.
  let palette = PixelColors(
    UnsafeBufferPointer(start: colors, count: min(classCount(handle), model.labelCount)))
  guard palette.nearest(to: Color(packed: 0)) != nil else { return SPADE_NO_COLORS }
  let drawing = DrawingPixels(width: width, height: height, rgba: rgba)
  drawing.snap(to: palette, ids)
  let isDrawing = drawing.isDrawing(ids, palette)
  let hasUnknown = takeIds(model, ids, count: width * height, strange)
  guard isDrawing else { return SPADE_NO_DRAWING }
  return hasUnknown && model.unknownLabel == nil ? SPADE_TRANSPARENT : SPADE_OK
}

/// Turns the places of colours into ids, which they are.
/// - Returns: Whether pixels are unknown.
private func takeIds(
  _ model: Model, _ ids: UnsafeMutablePointer<UInt16>, count: Int, _ strange: UnsafeMutablePointer<UInt8>?
) -> Bool {
  var hasUnknown = false
  for index in 0..<count {
    let pixel = SnappedPixel(rawValue: ids[index])
    strange?[index] = pixel.isStrange ? 1 : 0
    if pixel.isTransparent { hasUnknown = true }
    // Where the network does not know unknown pixels, the result says so.
    ids[index] = pixel.isTransparent ? UInt16(model.unknownLabel ?? 0) : UInt16(pixel.place)
  }
  return hasUnknown
}

@_cdecl("spade_fit_labels")
public func fitLabels(
  _ handle: UnsafePointer<spade_model>?, _ ids: UnsafePointer<UInt16>?, _ width: Int, _ height: Int,
  _ labels: UnsafeMutablePointer<UInt16>?
) -> spade_status {
  guard let handle, let ids, let labels else { return SPADE_NULL_ARGUMENT }
  guard let model = model(handle) else { return SPADE_NOT_OPEN }
  guard isSide(width), isSide(height) else { return SPADE_BAD_SIDE }
  var rows = NearestSources(inputCount: height, outputCount: model.height)
  for y in 0..<model.height {
    let row = rows.next()
    var columns = NearestSources(inputCount: width, outputCount: model.width)
    for x in 0..<model.width { labels[y * model.width + x] = ids[row * width + columns.next()] }
  }
  return SPADE_OK
}

/// Whether an axis has a length that positions between pixels can be computed for.
private func isSide(_ count: Int) -> Bool { (1...Int(SPADE_MAX_SIDE)).contains(count) }
