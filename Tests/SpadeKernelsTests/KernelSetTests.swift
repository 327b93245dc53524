import CSpadeKernels
import CSpadePlatform
import SpadeKernelSweep
import Testing

/// One kernel of one set.
struct KernelCase: CustomTestStringConvertible, Sendable {
  let set: Int
  let sweep: Int

  var testDescription: String {
    "\(kernel) of \(String(cString: spade_kernel_set_at(set).pointee.name))"
  }

  var kernel: String { String(cString: spade_sweep_at(sweep).pointee.name) }

  /// Every kernel of every set but the scalar one that this CPU runs.
  static var supported: [KernelCase] {
    let features = spade_cpu_features()
    return (1..<spade_kernel_set_count())
      .filter { spade_kernel_set_at($0).pointee.features & ~features == 0 }
      .flatMap { set in (0..<spade_sweep_count()).map { KernelCase(set: set, sweep: $0) } }
      .filter { $0.kernel != "winograd" || spade_kernel_set_at($0.set).pointee.winograd != nil }
  }
}

@Suite struct KernelSetTests {
  @Test("A kernel writes the bytes of its scalar version", arguments: KernelCase.supported)
  func matchesScalar(_ test: KernelCase) {
    var failure = [CChar](repeating: 0, count: SPADE_SWEEP_FAILURE_SIZE)
    let count = spade_sweep_at(test.sweep).pointee.run(spade_kernel_set_at(test.set), &failure)
    let message = String(decoding: failure.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    #expect(message == "")
    #expect(count > 100)
  }

  @Test("Set 0 is scalar, needs no CPU feature and keeps codes signed")
  func firstSetIsScalar() {
    let scalar = spade_kernel_set_at(0).pointee
    #expect(String(cString: scalar.name) == "scalar")
    #expect(scalar.features == 0)
    #expect(scalar.code_flip == 0)
  }

  @Test("A call of the product holds at least one register block, and panels fill its columns")
  func registerBlocks() {
    for index in 0..<spade_kernel_set_count() {
      let block = spade_kernel_set_at(index).pointee.block
      #expect((1...Int(SPADE_PRODUCT_ROWS)).contains(block.rows))
      #expect(block.columns > 0 && block.columns % Int(SPADE_PANEL_COLUMNS) == 0)
      #expect(block.columns <= Int(SPADE_PRODUCT_PANELS * SPADE_PANEL_COLUMNS))
      #expect(block.depth > 0 && 16 % block.depth == 0)
      guard let tiles = spade_kernel_set_at(index).pointee.winograd?.pointee.block else { continue }
      #expect((1...Int(SPADE_WINOGRAD_TILES)).contains(tiles.rows))
      #expect(tiles.columns > 0 && Int(SPADE_PANEL_COLUMNS) % tiles.columns == 0)
    }
  }

  @Test("Every set has a name of its own")
  func namesDiffer() {
    let names = (0..<spade_kernel_set_count()).map { String(cString: spade_kernel_set_at($0).pointee.name) }
    #expect(Set(names).count == names.count)
  }
}
