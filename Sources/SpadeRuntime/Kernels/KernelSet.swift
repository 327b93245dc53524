import CSpadeKernels
import CSpadePlatform

/// The kernels of one instruction set.
public struct KernelSet: @unchecked Sendable {
  // Safe: points to a constant table of the C target.
  let table: UnsafePointer<spade_kernel_set>
  /// Position among the compiled sets; 0 is scalar.
  public let index: Int

  init(index: Int) { self.init(table: spade_kernel_set_at(index), index: index) }

  init(table: UnsafePointer<spade_kernel_set>, index: Int) {
    self.table = table
    self.index = index
  }

  /// Sets compiled for this architecture, slowest first.
  public static var count: Int { spade_kernel_set_count() }

  /// The set at `index`, or `nil` where this CPU lacks its instructions.
  public static func supported(at index: Int) -> KernelSet? {
    let set = KernelSet(index: index)
    return set.table.pointee.features & ~spade_cpu_features() == 0 ? set : nil
  }

  /// The fastest set this CPU runs.
  public static var best: KernelSet {
    var index = count - 1
    while index > 0 {
      if let set = supported(at: index) { return set }
      index -= 1
    }
    return KernelSet(index: 0)
  }

  /// The name of the set at `index`, zero terminated: `scalar`, `sse41`, …
  public static func name(at index: Int) -> UnsafePointer<CChar> { spade_kernel_set_at(index).pointee.name }

  /// Whether 3×3 convolutions run in tiles where a plan has workspaces for them.
  public var hasTiles: Bool { table.pointee.winograd != nil }

  /// Rows of a direct 3×3 product that take as long as a tile; `nil` without tiles.
  public var rowsPerTile: Double? { table.pointee.winograd?.pointee.rows_per_tile }

  /// Rows of a product's task: as many of the micro-kernel's register blocks as a call takes, so that none is left with a rest.
  var productRowCount: Int {
    let rows = table.pointee.block.rows
    return Int(SPADE_PRODUCT_ROWS) / rows * rows
  }

  /// What int8 codes are xored with in memory.
  var codeFlip: UInt8 { table.pointee.code_flip }
}
