import SpadeModel

extension Runtime {
  /// The style of a photo: the mean that the model's style encoder gives it. Takes the arena from a frame: after this a
  /// frame starts with `begin`. Neither allocates nor fails otherwise.
  /// - Parameters:
  ///   - photo: `EncoderLayout.photoByteCount` bytes: RGB8 of 256×256 pixels, interleaved, rows from the top.
  ///   - style: `styleCount` values to write, finite.
  public mutating func encodeStyle(
    photo: UnsafeBufferPointer<UInt8>, into style: UnsafeMutableBufferPointer<Float>
  ) throws(InputError) {
    guard let encoder = model.encoder else { throw .encoderMissing }
    guard photo.count == EncoderLayout.photoByteCount, let pixels = photo.baseAddress else {
      throw .photoSize(required: EncoderLayout.photoByteCount, given: photo.count)
    }
    guard style.count == model.styleCount, let values = style.baseAddress else {
      throw .styleCount(required: model.styleCount, given: style.count)
    }
    forgetMap()
    let areas = EncoderAreas(encoder, arena: arena)
    convolve(encoder.product(0), .photo(pixels), areas)
    for index in 1..<EncoderLayout.convolutionCount {
      convolve(encoder.product(index), .codes(areas.codes), areas)
    }
    let linear = encoder.product(EncoderLayout.convolutionCount)
    pool.run(
      EncoderLinearJob(
        multiplier: multiplier(linear, .codes(areas.codes)), scales: floats(linear.scales),
        bias: floats(encoder.bias), style: values),
      scratch: scratch)
  }

  /// A convolution of the style encoder with its norm: `input` to the codes in `areas`.
  private func convolve(_ product: EncoderProduct, _ input: EncoderMultiplier.Input, _ areas: EncoderAreas) {
    pool.run(
      EncoderConvolutionJob(multiplier: multiplier(product, input), sums: areas.sums), scratch: scratch)
    // The pixel outside has codes of 0.
    areas.codes.update(repeating: kernels.codeFlip, count: 2 * product.channels)
    pool.run(
      EncoderNormJob(
        pixelCount: product.side * product.side, sums: areas.sums, scales: floats(product.scales),
        codes: areas.codes, channels: product.channels, flip: kernels.codeFlip),
      scratch: scratch)
  }

  private func multiplier(_ product: EncoderProduct, _ input: EncoderMultiplier.Input) -> EncoderMultiplier {
    EncoderMultiplier(product, section: model.section(.encoder), kernels: kernels, input: input)
  }

  /// Floats of the encoder section.
  private func floats(_ offset: Int) -> UnsafePointer<Float> {
    // Safe: the loader compared the section's size with the encoder's.
    (model.section(.encoder).baseAddress.unsafelyUnwrapped + offset).assumingMemoryBound(to: Float.self)
  }
}
