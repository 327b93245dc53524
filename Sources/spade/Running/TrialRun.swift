import Foundation
import SpadeModel
import SpadeQuantize
import SpadeRuntime

/// A compiled model run on its built-in test case, before it is written: with the scalar kernels, which define the
/// picture, and with this CPU's fastest.
struct TrialRun {
  /// Valid while this value lives.
  let model: Model
  let byteCount: Int
  /// RGB8 of the test case.
  let picture: [UInt8]
  let checksum: UInt64
  /// The kernel sets that were compared.
  let kernelNames: String
  private let file: AlignedMemory

  init(_ compiled: CompiledModel) throws {
    let bytes = compiled.file(testChecksum: 0)
    let file = try AlignedMemory(byteCount: bytes.count)
    file.bytes.copyBytes(from: bytes)
    let model = try about("The model") { try Model(checking: UnsafeRawBufferPointer(file.bytes)) }
    let (map, style) = model.testCase

    func picture(_ kernels: KernelSet) throws -> [UInt8] {
      try about("The model") {
        try withRuntime(model, kernels: kernels, threadCount: RunOptions.coreCount) { runtime in
          try runtime.frame(map, style: style).picture
        }
      }
    }
    guard let scalar = KernelSet.supported(at: 0) else {
      preconditionFailure("scalar kernels need no instructions")
    }
    let best = KernelSet.best
    let expected = try picture(scalar)
    if best.index > 0, try picture(best) != expected {
      throw Failure(
        "The \(best.name) kernels paint another picture than the scalar ones on this CPU, so nothing was written; "
          + "please report this.")
    }
    kernelNames = best.index > 0 ? "\(scalar.name) and \(best.name)" : scalar.name
    self.picture = expected
    checksum = expected.withUnsafeBytes { Checksum.of($0) }
    byteCount = bytes.count
    self.model = model
    self.file = file
  }

  var testCase: (map: LabelMap, style: [Float]) { model.testCase }

  func metadata() throws -> ModelMetadata {
    try JSONDecoder().decode(ModelMetadata.self, from: Data(model.metadata))
  }
}

extension Model {
  /// The input of the built-in test case.
  var testCase: (map: LabelMap, style: [Float]) {
    var ids: [UInt16] = []
    var edges: [UInt8] = []
    forEachTestRun { symbol, length in
      ids += [UInt16](repeating: symbol >> 1, count: length)
      edges += [UInt8](repeating: UInt8(symbol & 1), count: length)
    }
    return (
      LabelMap(width: width, height: height, ids: ids, edges: hasEdges ? edges : nil), [Float](testStyle)
    )
  }
}
