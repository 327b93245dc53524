import SpadeModel
import SpadeTestSupport
import Testing

/// Files as large as the limits allow take no longer than their size says.
@Suite struct LargeFileTests {
  /// The most steps, nearly all of which ask what the steps before them did.
  @Test func manySteps() throws {
    var file = try TinyNetwork.plain.file()
    let first = file.firstStep(.affine)
    let affine = file[step: first]
    let count = file.count(.steps)
    let added = Int(ModelFormat.stepLimit) - count
    file.configuration.stepCount = ModelFormat.stepLimit
    file.resize(.steps, to: 64 * Int(ModelFormat.stepLimit))
    for index in (first + 1..<count).reversed() { file[step: index + added] = file[step: index] }
    for index in first + 1...first + added { file[step: index] = affine }
    for index in 0..<file.count(.buffers) {
      if file[buffer: index].firstStep > first { file[buffer: index].firstStep += UInt32(added) }
      if file[buffer: index].lastStep >= first { file[buffer: index].lastStep += UInt32(added) }
    }
    file.seal()
    #expect(file.loadingError == nil)
  }

  /// The most buffers, none of which meets another: every pair is looked at.
  @Test func manyBuffers() throws {
    var file = try TinyNetwork.plain.file()
    let count = file.count(.buffers)
    let limit = Int(ModelFormat.recordLimit)
    var raw = file[buffer: Int(file.configuration.stateBuffer)]
    raw.byteCount = 64
    file.resize(.buffers, to: 64 * limit)
    file.configuration.bufferCount = ModelFormat.recordLimit
    for index in count..<limit {
      raw.offset = file.planByteCount
      file.planByteCount += 64
      file[buffer: index] = raw
    }
    file.seal()
    #expect(file.loadingError == nil)
  }
}
