import Foundation

@testable import SpadeImage

func decoded(_ base64: String) -> [UInt8] { [UInt8](Data(base64Encoded: base64)!) }

/// `formula(0)`, `formula(1)`, … modulo 256.
func bytes(_ count: Int, _ formula: (Int) -> Int) -> [UInt8] {
  (0..<count).map { UInt8(truncatingIfNeeded: formula($0)) }
}

/// `formula(0)`, `formula(1)`, … modulo 65536.
func ids(_ count: Int, _ formula: (Int) -> Int) -> [UInt16] {
  (0..<count).map { UInt16(truncatingIfNeeded: formula($0)) }
}

/// The error `body` throws, nil if it throws none.
func failure<R>(_ body: () throws(ImageError) -> R) -> ImageError? {
  do throws(ImageError) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

/// `P` and `I;16` pictures saved by Pillow 13.0 from NumPy arrays of 6 rows and 8 columns:
/// `(arange(48) * 5 + 3) % 11` with palette colour i = (200 − i, 20 i, 3 i), `arange(48) * 1361 % 65536`, and
/// RGBA `(arange(48) * k + 7) % 256`, k = 3, 5, 11, 29.
enum Pillow {
  static let palette = decoded(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGBAMAAAAMK8LIAAAAIVBMVEXIAADHFAPGKAbFPAnEUAzDZA/CeBLBjBXAoBi/tBu+yB7G/i/A"
      + "AAAAKUlEQVR4nAEeAOH/ATjv7+8BpO/v7wS8+u/vACcWBaQBk+/v7wTH7+/vCiIR8FJ3q7QAAAAASUVORK5CYII=")
  static let gray16 = decoded(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGEAAAAACL/lxkAAAAUklEQVR4nGNgYGAN5FrE/1nURWqq/DNVcxatDtZAtkDWm6wdEJIxVIA1"
      + "kDWQLZA1EELDVMDVsWh3IJSzBbLeZLiy4ubP+15PZr988972S9/P+wAmmiEyOPEr0gAAAABJRU5ErkJggg==")
  static let rgba = decoded(
    "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGCAYAAAD+Bd/7AAAAMUlEQVR4nGNkZ2dnZ2bllsWFWSQ0Il5AOazYMEwBTkUwBazYFUWgKMCq"
      + "CF0BTBGcDwALchCDKuttUwAAAABJRU5ErkJggg==")
}
