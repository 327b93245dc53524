import SpadeModel
import SpadeTestSupport
import Testing

/// A way to break one rule of the loader in an otherwise good file, and the error it must give.
struct Hostile: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let network: TinyNetwork
  let change: @Sendable (inout ModelFile) -> ModelError

  init(
    _ name: String, _ network: TinyNetwork = .plain,
    _ change: @escaping @Sendable (inout ModelFile) -> ModelError
  ) {
    testDescription = name
    self.network = network
    self.change = change
  }

  /// Every checksum is right, so that the rule alone decides.
  func check() throws {
    var file = try network.file()
    let expected = change(&file)
    file.seal()
    #expect(file.loadingError == expected)
  }
}

func broken(_ index: Int, _ rule: StepRule) -> ModelError { .badStep(index: index, rule: rule) }

extension ModelFile {
  /// The first buffer of a kind.
  func firstBuffer(_ kind: BufferKind) -> Int {
    (0..<count(.buffers)).first { self[buffer: $0].kind == kind.rawValue }!
  }

  /// The first norm that differs from `norm` as `condition` says.
  func otherNorm(_ condition: (NormRecord) -> Bool) -> UInt32 {
    UInt32((0..<count(.norms)).first { condition(self[norm: $0]) }!)
  }

  func otherProduct(_ condition: (ProductRecord) -> Bool) -> UInt32 {
    UInt32((0..<count(.products)).first { condition(self[product: $0]) }!)
  }

  /// Gives a buffer a place of its own at the end of a larger arena, so that a longer life overlaps nothing.
  mutating func move(buffer index: Int) {
    self[buffer: index].offset = planByteCount
    planByteCount += self[buffer: index].byteCount
  }
}
