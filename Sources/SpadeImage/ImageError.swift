/// Why a picture, a label map or an array could not be made of a file's bytes, or these of it. One case per rule.
public enum ImageError: Error, Equatable, Sendable {
  case outOfMemory

  // PNG.
  case notPNG
  case truncatedPNG(byteCount: Int)
  case corruptPNG(PNGFault, offset: Int)
  case tooLarge(width: Int, height: Int)
  case notSingleChannel(PNGColor)

  // JPEG.
  case notJPEG
  case truncatedJPEG
  case corruptJPEG
  /// Of a kind that has no RGB, such as CMYK.
  case unsupportedJPEG

  // In memory.
  case wrongValueCount(required: Int, found: Int)
  case badSize(width: Int, height: Int)

  // NPY.
  case notNPY
  case truncatedNPY(required: Int, found: Int)
  case unsupportedNPYVersion(major: UInt8, minor: UInt8)
  case malformedNPYHeader(offset: Int)
  case unsupportedNPYType
  case fortranOrderNPY
  case oversizedNPYShape
  case trailingNPYBytes(required: Int, found: Int)
  case wrongShape(required: Int, found: Int)
}

/// What is wrong with a damaged PNG.
public enum PNGFault: UInt8, Equatable, Sendable {
  case other = 0
  /// A chunk does not match its CRC.
  case checksum
  case header
  case palette
  /// The compressed pixels are damaged or too few.
  case imageData
  /// A chunk's name, length or place.
  case chunk
}

/// The colour types of PNG, by their number in the file.
public enum PNGColor: UInt8, Equatable, Sendable {
  case gray = 0
  case rgb = 2
  case palette = 3
  case grayAlpha = 4
  case rgbAlpha = 6
}
