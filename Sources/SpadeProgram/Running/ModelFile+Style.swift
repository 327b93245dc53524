import SpadeImage
import SpadeModel
import SpadeRuntime

extension ModelFile {
  /// The style that the model's encoder gives a photo.
  /// - Parameter path: A PNG of any size; it is stretched to what the encoder reads.
  package func style(ofPhoto path: String, kernels: KernelSet, threadCount: Int) throws(Failure) -> [Float] {
    guard model.encoder != nil else { throw Failure(self.path, InputError.encoderMissing) }
    let side = EncoderLayout.photoSide
    let photo: [UInt8]
    do { photo = try Picture(png: path).resizedToBytes(width: side, height: side) } catch {
      throw Failure(path, error)
    }
    return try withRuntime(model, path: self.path, kernels: kernels, threadCount: threadCount) {
      (runtime) throws(Failure) in
      try runtime.style(ofPhoto: photo, path: self.path)
    }
  }
}

extension Model {
  /// The photo of the built-in test case.
  package static var testPhoto: [UInt8] { (0..<EncoderLayout.photoByteCount).map(testPhotoByte) }
}

extension Runtime {
  /// XXH64 of the style that the encoder gives the test photo; 0 without encoder.
  /// - Parameter path: The model's, for messages.
  package mutating func testStyleChecksum(path: String) throws(Failure) -> UInt64 {
    guard model.encoder != nil else { return 0 }
    let style = try style(ofPhoto: Model.testPhoto, path: path)
    return style.withUnsafeBytes { Checksum.of($0) }
  }

  /// As `encodeStyle`, with arrays.
  /// - Parameter path: The model's, for messages.
  package mutating func style(ofPhoto photo: [UInt8], path: String) throws(Failure) -> [Float] {
    var style = [Float](repeating: 0, count: model.styleCount)
    var failure: InputError?
    style.withUnsafeMutableBufferPointer { style in
      photo.withUnsafeBufferPointer { photo in
        do throws(InputError) { try encodeStyle(photo: photo, into: style) } catch { failure = error }
      }
    }
    if let failure { throw Failure(path, failure) }
    return style
  }
}
