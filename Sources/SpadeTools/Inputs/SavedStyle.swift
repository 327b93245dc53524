import SpadeModel

/// A style vector as a small binary file; FORMAT.md says what is where.
package struct SavedStyle: Equatable, Sendable {
  /// Finite.
  package let values: [Float]

  /// - Parameter values: `1...4096` finite values.
  package init(_ values: [Float]) {
    precondition(StyleFile.valueCounts.contains(values.count) && values.allSatisfy { $0.isFinite })
    self.values = values
  }

  /// Reads a file's content.
  /// - Parameter path: For messages.
  package init(bytes: [UInt8], path: String) throws(Failure) {
    var values: [Float] = []
    let error = bytes.withUnsafeBytes { bytes -> StyleError? in
      do throws(StyleError) {
        let file = try StyleFile(checking: bytes)
        values = (0..<file.valueCount).map { file[$0] }
        return nil
      } catch { return error }
    }
    if let error { throw Failure(path, error) }
    self.values = values
  }

  /// The content of a file.
  package var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: StyleFile.byteCount(valueCount: values.count))
    values.withUnsafeBufferPointer { values in
      bytes.withUnsafeMutableBytes { StyleFile.write(values, to: $0) }
    }
    return bytes
  }

  /// Whether a file with this content is a saved style, good or damaged.
  package static func isMarked(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBytes { StyleFile.isMarked($0) } }
}

extension Failure {
  fileprivate init(_ path: String, _ error: StyleError) {
    switch error {
    case .notAStyle:
      self.init("\(path) is not a saved style; give one that --save-style wrote.")
    case .unsupportedVersion(let found, let supported):
      self.init(
        "\(path) is a saved style of version \(found) and only version \(supported) is read; save the style again."
      )
    case .valueCount(let count):
      self.init(
        "\(path) states a style of \(count) values and 1 to \(StyleFile.valueCounts.upperBound) are read; "
          + "save the style again.")
    case .byteCount:
      self.init("\(path) is a saved style of another length than it states; copy it again.")
    case .checksum:
      self.init("\(path) is a damaged style, whose checksum does not match; copy it again.")
    case .notFinite(let index):
      self.init("\(path) has a value at index \(index) that is not finite; give another style.")
    }
  }
}
