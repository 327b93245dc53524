// The rules that the file's records must follow, each a way to break one: FORMAT.md is their prose.

/// A field of the configuration is not in its interval, unless said otherwise.
public enum ConfigurationRule: Int, Error, Sendable {
  case width, height, labelCount, unknownLabel, edges, styleCount, kernelSize, hiddenChannelCount, channelUnit
  case doublingCount, normalization
  case nameCount, bufferCount, levelCount, tableCount, productCount, normCount, stepCount
  /// The symbols' or the state's buffer is none, not raw, or too small.
  case symbolBuffer, stateBuffer
  /// It does not live from the first step through the last.
  case symbolLifetime, stateLifetime
  case encoderChannelUnit
  /// An encoder for a network without style.
  case encoderWithoutStyle
  case tapRowCapacity, tiles, pictureChannelCount
}

public enum BufferRule: Int, Error, Sendable {
  /// An unknown kind.
  case kind
  case name
  case alignment
  case outsideArena
  /// More bytes than a 32-bit offset can say.
  case byteCount
  /// It ends before it begins, or after the last step.
  case lifetime
  /// A raw buffer with more than one user.
  case shared
  case channels, usedChannels, width, height, rowCapacity
  /// Fewer bytes than the rows of its tensor take.
  case tensor
  case scale
  /// It shares bytes with a buffer that lives at the same time.
  case overlap
}

public enum LevelRule: Int, Error, Sendable {
  case width, height, shift
  /// Its pixels, shifted, are not those of the picture.
  case picture
  case innerCapacity, outerCapacity
  /// None, not raw, or too small.
  case buffer
}

public enum TableRule: Int, Error, Sendable {
  case channels, kernelSize
  /// More values than a 32-bit offset can say.
  case size
  /// Beyond the weights.
  case rows, bias
}

public enum ProductRule: Int, Error, Sendable {
  case kernelSize, depth, panelCount, usedDepth, usedColumns, name
  /// Beyond the weights.
  case panels, scales
}

public enum NormRule: Int, Error, Sendable {
  case channels, biasFactor, slope, isFine, name
  /// Beyond the weights.
  case scales, zeroPoints, constants
  /// No such record.
  case level, table, product
  /// A field that its kind does not use says something.
  case strayField
  /// A table or a product of another kernel or other channels than the configuration or the norm has.
  case tableShape, productShape
  /// Beyond the weights.
  case features
  /// Codes whose high byte is worth something else.
  case featureHigh
  /// None, not raw, or too small.
  case hiddenBuffer, affineBuffer
}

/// A value of a column of weights or of a channel.
public enum ColumnRule: Int, Error, Sendable {
  /// A scale outside 0 … 0.5.
  case scale
  /// Not a whole number of −128 … 127, or of −326 … 325 for fine codes.
  case zeroPoint
  /// A or B of a constant affine is −32768.
  case constant
  /// A weight is −128.
  case weight
  /// Σ |weight| of 128 channels is more than tiles allow.
  case weightSum
  /// Σ |weight| of a feature's taps is more than sums over a map allow.
  case depthwiseSum
  /// A unit outside 0 … 2⁴⁸.
  case featureUnit
  /// The bias for unsigned codes is not bias − 128 · Σ weights.
  case unsignedBias
  /// A bias of the encoder that is not 0.
  case encoderBias
  /// A bias of the style that is not finite.
  case styleBias
}

public enum TestRule: Int, Error, Sendable {
  /// Fewer bytes than the header, the style and the runs take.
  case size
  case emptyRun
  /// An id that the network does not have.
  case label
  /// A border where the network reads none.
  case edge
  /// The runs do not cover the picture.
  case pixelCount
  /// A value that is not finite.
  case style
}
