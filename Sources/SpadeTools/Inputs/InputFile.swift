import SpadeFiles
import SpadeImage

// Files that commands read, with errors that name them.

extension File {
  /// The file's content, or what comes in where the path is `-`.
  package static func content(_ path: String, byteLimit: Int = File.byteLimit) throws(Failure) -> [UInt8] {
    do { return try read(path == "-" ? "/dev/stdin" : path, byteLimit: byteLimit) } catch {
      throw Failure(Standard.inputName(path), error)
    }
  }
}

extension IndexImage {
  /// Reads a map of ids.
  package init(path: String) throws(Failure) {
    let bytes = try File.content(path)
    do { try self.init(pngBytes: bytes) } catch {
      throw Failure(Standard.inputName(path), bytes, error, isJPEGRead: false)
    }
  }
}

extension Picture {
  /// Reads a photo, a PNG or a JPEG.
  package init(path: String) throws(Failure) {
    try self.init(photo: File.content(path), name: Standard.inputName(path))
  }

  /// Reads a photo, a PNG or a JPEG in memory.
  /// - Parameter name: For messages.
  package init(photo bytes: [UInt8], name: String) throws(Failure) {
    do {
      if Picture.isJPEG(bytes) { try self.init(jpegBytes: bytes) } else { try self.init(pngBytes: bytes) }
    } catch { throw Failure(name, bytes, error) }
  }
}

extension NPYArray {
  package init(path: String) throws(Failure) {
    let bytes = try File.content(path)
    do { try self.init(npyBytes: bytes) } catch { throw Failure(path, error) }
  }
}
