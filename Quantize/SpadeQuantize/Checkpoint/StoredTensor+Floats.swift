import FoundationEssentials

extension StoredTensor {
  /// The elements in row-major order, converted to `Float` (rounded to nearest where that loses precision).
  /// - Parameter bytes: The file this tensor was described for.
  func floats(in bytes: Data) -> [Float] {
    bytes.withUnsafeBytes { file in
      switch info.elementType {
      case .float32: gather(file, as: UInt32.self) { Float(bitPattern: $0) }
      case .float16: gather(file, as: UInt16.self) { Self.float(half: $0) }
      case .bfloat16: gather(file, as: UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
      case .float64: gather(file, as: UInt64.self) { Float(Double(bitPattern: $0)) }
      case .int64: gather(file, as: Int64.self) { Float($0) }
      case .int32: gather(file, as: Int32.self) { Float($0) }
      case .int16: gather(file, as: Int16.self) { Float($0) }
      case .int8: gather(file, as: Int8.self) { Float($0) }
      case .uint8: gather(file, as: UInt8.self) { Float($0) }
      case .bool: gather(file, as: UInt8.self) { $0 == 0 ? 0 : 1 }
      }
    }
  }

  private func gather<Raw: FixedWidthInteger & BitwiseCopyable>(
    _ file: UnsafeRawBufferPointer, as _: Raw.Type, _ convert: (Raw) -> Float
  ) -> [Float] {
    let count = info.elementCount
    return [Float](unsafeUninitializedCapacity: count) { output, initialized in
      initialized = count
      if isContiguous {
        for index in 0..<count {
          // Safe: init() checked that the view ends inside its storage, and the reader that the storage is in the file.
          let raw = file.loadUnaligned(
            fromByteOffset: byteOffset + index * MemoryLayout<Raw>.size, as: Raw.self)
          output.initializeElement(at: index, to: convert(Raw(littleEndian: raw)))
        }
        return
      }
      var position = [Int](repeating: 0, count: info.shape.count)
      var element = 0
      for index in 0..<count {
        // Safe: as above; `element` stays at or below the last element that init() checked.
        let raw = file.loadUnaligned(
          fromByteOffset: byteOffset + element * MemoryLayout<Raw>.size, as: Raw.self)
        output.initializeElement(at: index, to: convert(Raw(littleEndian: raw)))
        var axis = info.shape.count - 1
        while axis >= 0 {
          position[axis] += 1
          element += strides[axis]
          if position[axis] < info.shape[axis] { break }
          element -= strides[axis] * info.shape[axis]
          position[axis] = 0
          axis -= 1
        }
      }
    }
  }

  /// The value of an IEEE 754 binary16 number.
  static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1f)
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 0x1f: return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}
