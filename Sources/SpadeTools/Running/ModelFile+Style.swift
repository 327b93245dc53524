import SpadeImage
import SpadeModel
import SpadeRuntime

extension ModelFile {
  /// Makes styles of photos of any size, which are stretched to what the model's encoder reads.
  package func photoEncoder(kernels: KernelSet, threadCount: Int) -> StyleSource.PhotoEncoder {
    { (photo, _) throws(Failure) in
      guard self.model.encoder != nil else { throw Failure(self.path, InputError.encoderMissing) }
      let side = EncoderLayout.photoSide
      let bytes = photo.resizedToBytes(width: side, height: side)
      return try withRuntime(self.model, path: self.path, kernels: kernels, threadCount: threadCount) {
        (runtime) throws(Failure) in
        try runtime.style(ofPhoto: bytes, path: self.path)
      }
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
