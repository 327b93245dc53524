import SpadeHostileFiles
import Testing

@testable import SpadeImage

@Suite struct NPYTests {
  // numpy.save of numpy.array([[1, 2.5, -3]], "<f4").
  static let numpy: [UInt8] = {
    var bytes: [UInt8] = [0x93]
    bytes += "NUMPY".utf8
    bytes += [1, 0, 118, 0]
    bytes += "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }".utf8
    bytes += [UInt8](repeating: 0x20, count: 58)
    bytes += [0x0A]
    bytes += [0, 0, 0x80, 0x3F, 0, 0, 0x20, 0x40, 0, 0, 0x40, 0xC0]
    return bytes
  }()

  private func file(_ dictionary: String, version: UInt8 = 1, data: [UInt8] = []) -> [UInt8] {
    let text = Array(dictionary.utf8)
    let length = [UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + (version == 2 ? [0, 0] : [])
    return NPYHeader.magic + [version, 0] + length + text + data
  }

  private func read(_ bytes: [UInt8]) -> ImageError? {
    let error = failure { () throws(ImageError) in try NPYArray(npyBytes: bytes) }
    if let error { HostileFile.keep(bytes, kind: "npy", error: error) }
    return error
  }

  @Test func numpyFilesAreReadAndWrittenByteForByte() throws {
    let array = try NPYArray(npyBytes: Self.numpy)
    #expect(array.shape == [1, 3] && array.values == [1, 2.5, -3])
    #expect(array.npyBytes == Self.numpy)
  }

  @Test(arguments: [[], [0], [1], [7], [2, 3], [0, 5], [2, 1, 3, 4], [Int](repeating: 1, count: 64)])
  func writtenArraysComeBack(_ shape: [Int]) throws {
    let values = (0..<shape.reduce(1, *)).map { Float($0) * 0.37 - 1 }
    let array = try NPYArray(shape: shape, values: values)
    let again = try NPYArray(npyBytes: array.npyBytes)
    #expect(again == array)
    #expect(array.npyBytes.count % 64 == values.count * 4 % 64)
  }

  @Test func specialValuesKeepTheirBits() throws {
    let values: [Float] = [.infinity, -0.0, .leastNonzeroMagnitude, .nan]
    let array = try NPYArray(npyBytes: try NPYArray(shape: [4], values: values).npyBytes)
    #expect(array.values.map(\.bitPattern) == values.map(\.bitPattern))
  }

  @Test func doublesAreRounded() throws {
    let data: [UInt8] = [0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0]
    let bytes = file("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", data: data)
    #expect(try NPYArray(npyBytes: bytes).values == [0.1, -2])
  }

  @Test func version2AndOtherOrdersAndQuotesAreRead() throws {
    let text = "{\"shape\":(2, ),'fortran_order' : False, \"descr\": \"<f4\"}  \n"
    let array = try NPYArray(npyBytes: file(text, version: 2, data: [0, 0, 0x80, 0x3F, 0, 0, 0, 0]))
    #expect(array.shape == [2] && array.values == [1, 0])
  }

  @Test func everyTruncationIsAnError() {
    for count in Self.numpy.indices {
      guard case .truncatedNPY(let required, count) = read(Array(Self.numpy.prefix(count))) else {
        Issue.record("\(count) bytes")
        continue
      }
      #expect(required > count)
    }
  }

  @Test func everyFlippedBitIsAnErrorOrAnArray() {
    for index in Self.numpy.indices {
      for bit in 0..<8 {
        var bytes = Self.numpy
        bytes[index] ^= 1 << bit
        if let array = try? NPYArray(npyBytes: bytes) {
          #expect(array.values.count == array.shape.reduce(1, *))
        }
      }
    }
  }

  @Test func otherFilesAreNotNPY() {
    #expect(read(Array("PK\u{3}\u{4}............".utf8)) == .notNPY)
    #expect(read(Self.numpy + [0]) == .trailingNPYBytes(required: 140, found: 141))
  }

  @Test func otherVersionsAreRefused() {
    for (major, minor) in [(0, 0), (1, 1), (3, 0)] as [(UInt8, UInt8)] {
      var bytes = Self.numpy
      bytes[6] = major
      bytes[7] = minor
      #expect(read(bytes) == .unsupportedNPYVersion(major: major, minor: minor))
    }
  }

  @Test(arguments: ["'<i4'", "'>f4'", "'|u1'", "'<f2'", "[('a', '<f4')]"])
  func otherTypesAreRefused(_ type: String) {
    #expect(read(file("{'descr': \(type), 'fortran_order': False, 'shape': (), }")) == .unsupportedNPYType)
  }

  @Test func fortranOrderIsRefused() {
    #expect(read(file("{'descr': '<f4', 'fortran_order': True, 'shape': (), }")) == .fortranOrderNPY)
  }

  @Test(arguments: [
    "(99999999999999999999,)", "(4294967296, 4294967296)", "(9223372036854775807,)", "(4611686018427387904,)",
    "(" + String(repeating: "1, ", count: 65) + ")",
  ])
  func shapesNoFileCanHoldAreRefused(_ shape: String) {
    #expect(
      read(file("{'descr': '<f4', 'fortran_order': False, 'shape': \(shape), }")) == .oversizedNPYShape)
  }

  @Test(arguments: [
    "", "{", "{}", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': 3, }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3 }",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (3,) }",
    "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3,) }",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'more': 1}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': ()} x", "{'descr", "{'descr': '<f4",
  ])
  func malformedHeadersAreRefused(_ text: String) {
    guard case .malformedNPYHeader(let offset) = read(file(text)) else {
      Issue.record("no error")
      return
    }
    #expect((10...10 + text.utf8.count).contains(offset))
  }

  @Test func valuesMustFillTheShape() {
    #expect(
      failure { () throws(ImageError) in try NPYArray(shape: [2, 2], values: [1]) }
        == .wrongShape(required: 4, found: 1))
    #expect(
      failure { () throws(ImageError) in try NPYArray(shape: [-1, -1], values: [1]) } == .oversizedNPYShape)
  }
}
