/// A kind of picture file that is not read, told by how such files begin.
public enum OtherPicture: Equatable, Sendable, CaseIterable {
  case webP
  case gif
  /// As phones make them.
  case heic
  case avif
  case bmp
  case tiff
  case jpegXL
  /// A GIMP image.
  case xcf
  /// A Krita document.
  case krita

  /// The kind of a file with this content; `nil` for any other.
  public init?(_ bytes: [UInt8]) {
    func has(_ text: StaticString, at offset: Int = 0) -> Bool {
      let end = offset + text.utf8CodeUnitCount
      guard end <= bytes.count else { return false }
      return text.withUTF8Buffer { bytes[offset..<end].elementsEqual($0) }
    }
    if has("RIFF"), has("WEBP", at: 8) {
      self = .webP
    } else if has("GIF87a") || has("GIF89a") {
      self = .gif
    } else if has("ftyp", at: 4), has("avif", at: 8) || has("avis", at: 8) {
      self = .avif
    } else if has("ftyp", at: 4),
      has("hei", at: 8) || has("hev", at: 8) || has("mif1", at: 8) || has("msf1", at: 8)
    {
      self = .heic
    } else if has("BM"), bytes.count >= 14, bytes[6..<10].allSatisfy({ $0 == 0 }) {
      self = .bmp
    } else if has("II*\0") || has("MM\0*") {
      self = .tiff
    } else if has("gimp xcf") {
      self = .xcf
    } else if has("PK\u{3}\u{4}"), has("mimetypeapplication/x-krita", at: 30) {
      self = .krita
    } else if bytes.starts(with: [0xFF, 0x0A]) || has("JXL ", at: 4) {
      self = .jpegXL
    } else {
      return nil
    }
  }
}
