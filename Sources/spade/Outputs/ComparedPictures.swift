import SpadeFiles
import SpadeImage
import SpadeTools

/// A picture in float32 and the model's, to be seen beside each other.
struct ComparedPictures {
  /// Of each, in pixels.
  let width: Int
  let height: Int
  /// RGB8, interleaved, row by row: in float32, and the model's.
  let expected: [UInt8]
  let painted: [UInt8]

  /// What differences are multiplied by: one of 32 levels is as bright as can be, and the 4.5 of 35 dB can be seen.
  static let factor = 8

  /// Float32, the model's, and how far each byte of the two is apart, times `factor`: from left to right, on black where they are equal.
  func sideBySide() throws(ImageError) -> Picture {
    let difference = zip(expected, painted).map { expected, painted in
      UInt8(min(Self.factor * abs(Int(expected) - Int(painted)), 255))
    }
    let stride = 3 * width
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * expected.count)
    for row in 0..<height {
      for picture in [expected, painted, difference] {
        bytes += picture[row * stride..<(row + 1) * stride]
      }
    }
    return try Picture(width: 3 * width, height: height, bytes: bytes)
  }
}

/// A folder for pictures, one for each label map and of its name.
struct PictureFolder {
  private let outputs: [OutputFile]

  /// Makes the folder, and makes sure that the pictures would replace nothing that is read.
  /// - Parameters:
  ///   - maps: That are compared.
  ///   - inputs: The files that are read besides.
  init(_ path: String, for maps: LabelFolder, inputs: [String]) throws(Failure) {
    do { try Folder.make(path) } catch { throw Failure(path, error) }
    var outputs: [OutputFile] = []
    for entry in maps.entries {
      outputs.append(
        try OutputFile(
          checking: Path.joined(path, entry.pictureName + ".png"), inputs: inputs + maps.paths))
    }
    self.outputs = outputs
  }

  /// Makes sure that a file to be written is none of the pictures.
  func check(_ file: String) throws(Failure) {
    _ = try OutputFile(checking: file, inputs: [], others: outputs)
  }

  /// Whether the picture of a map is there.
  func isThere(ofMap index: Int) -> Bool { FileIdentity(outputs[index].path)?.isThere == true }

  func write(ofMap index: Int, _ picture: () throws(ImageError) -> Picture) throws(Failure) {
    let made: Picture
    do { made = try picture() } catch { throw Failure(outputs[index].path, error) }
    try outputs[index].write(made)
  }
}
