import SpadeImage

extension ImageError {
  /// The rest of a sentence that begins with the file's name and a space, without its full stop: what is
  /// wrong, where, and what to do.
  package var sentence: String {
    switch self {
    case .outOfMemory: "needs more memory than there is; give a smaller picture"
    case .notPNG: "is not a PNG file; convert it to PNG first"
    case .truncatedPNG(0): "is empty; copy or export it again"
    case .truncatedPNG(let count): "ends too early, after \(count.grouped) bytes; copy or export it again"
    case .corruptPNG(let fault, let offset):
      "is damaged near byte \(offset) (\(fault.name)); copy or export it again"
    case .tooLarge(let width, let height):
      width > PNGLimits.side || height > PNGLimits.side
        ? "is \(width.grouped) by \(height.grouped) pixels and sides of at most \(PNGLimits.side.grouped) are read; make it smaller"
        : "is \(width.grouped) by \(height.grouped) pixels, \((width * height).grouped) in all, and at most "
          + "\(PNGLimits.pixelCount.grouped) are read; make it smaller"
    case .notSingleChannel(let color):
      "is \(color.name) and a map of ids must be single-channel gray or palette; export the ids, "
        + "not their colours"
    case .notJPEG: "is not a JPEG file; export it again"
    case .truncatedJPEG: "is a JPEG that ends too early; copy or export it again"
    case .corruptJPEG: "is a damaged JPEG; copy or export it again"
    case .unsupportedJPEG: "is a JPEG of an unusual kind; export it again, in RGB"
    case .wrongValueCount(let required, let found):
      "needs \(required.grouped) values for its size and \(found.grouped) were given; give as many as the size says"
    case .badSize(let width, let height):
      "cannot be \(width.grouped) by \(height.grouped) pixels; give sides of 1 to \(PNGLimits.side.grouped) and at most "
        + "\(PNGLimits.pixelCount.grouped) pixels in all"
    default: arraySentence
    }
  }

  private var arraySentence: String {
    switch self {
    case .notNPY: "is not an .npy file; save it with numpy.save"
    case .truncatedNPY(_, 0): "is empty; copy or save it again"
    case .truncatedNPY(let required, let found):
      "ends too early, after \(found.grouped) of at least \(required.grouped) bytes; copy or save it again"
    case .unsupportedNPYVersion(let major, let minor):
      "is .npy version \(major).\(minor) and only 1.0 and 2.0 are read; save it again with numpy.save"
    case .malformedNPYHeader(let offset): "has a damaged .npy header at byte \(offset); save it again"
    case .unsupportedNPYType: "does not hold little-endian floats; save it as float32"
    case .fortranOrderNPY: "is in Fortran order; save numpy.ascontiguousarray of it"
    case .oversizedNPYShape: "states a shape larger than any file; save it again"
    case .trailingNPYBytes(let required, let found):
      "holds \(found.grouped) bytes where its shape needs \(required.grouped); save one array to a file"
    case .wrongShape(let required, let found):
      "needs \(required.grouped) values for its shape and \(found.grouped) were given; give as many as the shape says"
    // Those of `sentence`.
    case .outOfMemory, .notPNG, .truncatedPNG, .corruptPNG, .tooLarge, .notSingleChannel, .wrongValueCount,
      .badSize, .notJPEG, .truncatedJPEG, .corruptJPEG, .unsupportedJPEG:
      "is no picture that can be read"
    }
  }
}

extension PNGFault {
  fileprivate var name: String {
    switch self {
    case .other: "unreadable content"
    case .checksum: "wrong checksum"
    case .header: "bad header"
    case .palette: "bad palette"
    case .imageData: "bad image data"
    case .chunk: "bad chunk"
    }
  }
}

extension PNGColor {
  package var name: String {
    switch self {
    case .gray: "gray"
    case .rgb: "RGB colour"
    case .palette: "palette"
    case .grayAlpha: "gray with alpha"
    case .rgbAlpha: "RGB colour with alpha"
    }
  }
}
