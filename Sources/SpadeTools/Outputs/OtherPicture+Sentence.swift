import SpadeImage

extension OtherPicture {
  /// With its article.
  private var name: String {
    switch self {
    case .webP: "a WebP picture"
    case .gif: "a GIF"
    case .heic: "a HEIC picture"
    case .avif: "an AVIF picture"
    case .bmp: "a BMP"
    case .tiff: "a TIFF"
    case .jpegXL: "a JPEG XL picture"
    case .xcf: "an image of GIMP"
    case .krita: "a document of Krita"
    }
  }

  /// `nil` where the program that made the file exports it.
  private var ending: String? {
    switch self {
    case .webP: "webp"
    case .gif: "gif"
    case .heic: "heic"
    case .avif: "avif"
    case .bmp: "bmp"
    case .tiff: "tiff"
    case .jpegXL: "jxl"
    case .xcf, .krita: nil
    }
  }

  /// The rest of a sentence about a file, as `ImageError.sentence`, with a command that converts it.
  /// - Parameter path: The command's, if it can stand there as it is.
  func sentence(of path: String) -> String {
    guard let ending else { return "is \(name), which is not read; export it there as PNG" }
    let isPlain = path.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "-")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "_")
    }
    let file =
      isPlain && path.utf8.contains(UInt8(ascii: ".")) && path.utf8.first != UInt8(ascii: "-")
      ? path : "picture.\(ending)"
    let stem = file.utf8.lastIndex(of: UInt8(ascii: ".")).map { String(file[..<$0]) } ?? file
    // Never the file itself, which may have a wrong ending.
    let result = "\(stem).png" == file ? "\(stem)-converted.png" : "\(stem).png"
    let command =
      switch self {
      case .heic: "heif-convert \(file) \(result)"
      // Of an animated one the first picture.
      case .gif: "convert '\(file)[0]' \(result)"
      default: "convert \(file) \(result)"
      }
    return "is \(name), which is not read; export it as PNG or JPEG, or convert it with \(command)"
  }
}

extension Failure {
  /// An error about the picture at `path`, which names another kind of picture.
  /// - Parameters:
  ///   - bytes: The file's content.
  ///   - isJPEGRead: Whether it may be a JPEG, too.
  package init(_ path: String, _ bytes: [UInt8], _ error: ImageError, isJPEGRead: Bool = true) {
    if error == .notPNG, let other = OtherPicture(bytes) {
      self.init("\(path) \(other.sentence(of: path)).")
    } else if error == .notPNG, isJPEGRead {
      self.init("\(path) is neither a PNG nor a JPEG; give a picture of one of these kinds.")
    } else {
      self.init(path, error)
    }
  }
}
