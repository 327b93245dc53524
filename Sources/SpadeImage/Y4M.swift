/// YUV4MPEG2, the plain video that ffmpeg and others read from a pipe: 4:4:4, BT.601 in the limited range.
public struct Y4M {
  /// What the stream begins with.
  /// - Parameter framesPerSecond: Positive.
  public static func header(width: Int, height: Int, framesPerSecond: Int) -> [UInt8] {
    Array("YUV4MPEG2 W\(width) H\(height) F\(framesPerSecond):1 Ip A1:1 C444\n".utf8)
  }

  /// A frame of the stream: planes of Y, Cb and Cr.
  public static func frame(_ picture: Picture) -> [UInt8] {
    var bytes = Array("FRAME\n".utf8)
    bytes.reserveCapacity(bytes.count + picture.bytes.count)
    // In 1/65536; rows add to 219, 0 and 0 of 255.
    let rows: [(offset: Int, red: Int, green: Int, blue: Int)] = [
      (16, 16829, 33039, 6416), (128, -9714, -19070, 28784), (128, 28784, -24103, -4681),
    ]
    for row in rows {
      for pixel in 0..<picture.width * picture.height {
        let red = row.red * Int(picture.bytes[3 * pixel])
        let green = row.green * Int(picture.bytes[3 * pixel + 1])
        let blue = row.blue * Int(picture.bytes[3 * pixel + 2])
        bytes.append(UInt8(row.offset + (red + green + blue + 32768) >> 16))
      }
    }
    return bytes
  }
}
