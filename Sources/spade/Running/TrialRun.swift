import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// A compiled model run on its built-in test case with several kernel sets, before it is written.
struct TrialRun {
  /// Valid while this value lives.
  let model: Model
  let byteCount: Int
  /// RGB8 of the test case.
  let picture: [UInt8]
  let checksum: UInt64
  /// Of the style that the encoder gives the test photo; 0 without encoder.
  let styleChecksum: UInt64
  /// The kernel sets that were compared.
  let kernelNames: [String]
  private let file: AlignedMemory

  /// Of the model in sentences.
  static let name = "The model"

  init(_ compiled: CompiledModel, arenaLimit: ArenaLimit? = nil) throws {
    let bytes = compiled.file(testChecksum: 0)
    let file = try AlignedMemory(byteCount: bytes.count)
    file.bytes.copyBytes(from: bytes)
    let model = try about(Self.name) { try Model(checking: UnsafeRawBufferPointer(file.bytes)) }
    try arenaLimit?.check(model)
    let (map, style) = model.testCase
    let sets = Self.kernelSets(for: model)
    let results = try sets.map { kernels in
      try withRuntime(model, path: Self.name, kernels: kernels, threadCount: ThreadCount.standard) {
        (runtime) throws(Failure) in
        (
          style: try runtime.testStyleChecksum(path: Self.name),
          picture: try runtime.frame(map, style: style, path: Self.name).picture
        )
      }
    }
    let expected = results[0]
    if let other = results.firstIndex(where: { $0 != expected }) {
      let what =
        results[other].picture == expected.picture ? "give a photo another style" : "paint another picture"
      throw Failure(
        "The \(sets[other].name) kernels \(what) than the \(sets[0].name) ones on this CPU, so nothing "
          + "was written; please report this.")
    }
    kernelNames = sets.map(\.name)
    picture = expected.picture
    checksum = picture.withUnsafeBytes { Checksum.of($0) }
    styleChecksum = expected.style
    byteCount = bytes.count
    self.model = model
    self.file = file
  }

  /// Networks with as many dense multiply-adds or more take the scalar kernels half a minute.
  private static let largeProductCount: UInt64 = 5_000_000_000

  /// The sets to compare: scalar, which defines the picture, and the fastest; for a large network all vector sets
  /// instead, where there are at least two.
  private static func kernelSets(for model: Model) -> [KernelSet] {
    let supported = KernelSet.supported
    let vectors = supported.filter { $0.index > 0 }
    if model.denseProductCount >= largeProductCount, vectors.count > 1 { return vectors }
    return [supported[0]] + vectors.suffix(1)
  }

  var testCase: (map: LabelMap, style: [Float]) { model.testCase }

  /// RGB8 of another map.
  func picture(of map: LabelMap, style: [Float]) throws(Failure) -> [UInt8] {
    try withRuntime(model, path: Self.name, kernels: .best, threadCount: ThreadCount.standard) {
      (runtime) throws(Failure) in
      try runtime.frame(map, style: style, path: Self.name).picture
    }
  }
}
