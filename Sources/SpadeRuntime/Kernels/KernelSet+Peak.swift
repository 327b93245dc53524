import CSpadeKernels
import SpadeModel

extension KernelSet {
  private static let residentRowCount = 12
  private static let residentDepth = 256
  private static let residentWeightByteCount = residentDepth * panelByteCountPerDepth
  private static let panelByteCountPerDepth = Int(SPADE_PRODUCT_PANELS) * Int(SPADE_PANEL_COLUMNS)
  private static let residentRowByteCount = residentRowCount * residentDepth
  private static let residentAccumulatorByteCount = residentRowCount * panelByteCountPerDepth * 4

  /// Bytes that `multiplyResident` works in.
  public static var residentByteCount: Int {
    residentWeightByteCount + residentRowByteCount + residentAccumulatorByteCount
      + residentRowCount * MemoryLayout<Int32>.stride
  }

  /// Multiply-adds of one repetition of `multiplyResident`.
  public static var residentProductCount: Int { residentRowByteCount * panelByteCountPerDepth }

  /// Multiply-adds of one repetition of `multiplyResidentTiles`; 0 where the set does not convolve in tiles.
  public var residentTileProductCount: Int {
    table.pointee.winograd == nil ? 0 : Self.residentRowCount * ModelFormat.winogradDepth * panelColumns
  }

  private var panelColumns: Int { ModelFormat.panelColumns }

  /// As `multiplyResident`, with the product of convolutions in tiles.
  ///
  /// ```
  /// weights   Int16[128 / 4][16][4]
  /// codes     Int16[12][128]
  /// sums      Int32[12][16]
  /// ```
  public func multiplyResidentTiles(memory: UnsafeMutableRawBufferPointer, repetitionCount: Int) {
    guard memory.count >= Self.residentByteCount, let weights = memory.baseAddress,
      let winograd = table.pointee.winograd
    else { return }
    // Safe: the parts are smaller than those of `multiplyResident`.
    let codes = weights + ModelFormat.winogradDepth * panelColumns * 2
    let sums = codes + Self.residentRowCount * ModelFormat.winogradDepth * 2
    var call = spade_winograd_product(
      codes: codes.assumingMemoryBound(to: Int16.self), depth_stride: ModelFormat.winogradDepth,
      tile_count: Self.residentRowCount, depth: ModelFormat.winogradDepth,
      weights: weights.assumingMemoryBound(to: Int16.self), sums: sums.assumingMemoryBound(to: Int32.self))
    for _ in 0..<repetitionCount { winograd.pointee.product(&call) }
  }

  /// Multiplies one block of rows with one block of weights again and again. Everything stays in the first-level
  /// cache and every register block is full: the product does not get faster than this.
  ///
  /// ```
  /// weights        Int8[4][256][16]
  /// rows           Int8[12][256]
  /// accumulators   Int32[4][12][16]
  /// offsets        Int32[12]
  /// ```
  /// - Parameter memory: At least `residentByteCount` zeroed bytes, 64-byte aligned.
  public func multiplyResident(memory: UnsafeMutableRawBufferPointer, repetitionCount: Int) {
    guard memory.count >= Self.residentByteCount, let weights = memory.baseAddress else { return }
    // Safe: the parts below end at `residentByteCount`; the weights' size keeps the others aligned.
    let rows = weights + Self.residentWeightByteCount
    let accumulators = rows + Self.residentRowByteCount
    let offsets = (accumulators + Self.residentAccumulatorByteCount).assumingMemoryBound(to: Int32.self)
    for row in 0..<Self.residentRowCount { offsets[row] = Int32(row * Self.residentDepth) }
    var call = spade_product(
      base: rows.assumingMemoryBound(to: Int8.self), offsets: offsets, offset_stride: Self.residentRowCount,
      row_count: Self.residentRowCount, tap_count: 1, depth: Self.residentDepth,
      weights: weights.assumingMemoryBound(to: UInt8.self), bias: nil,
      panel_count: Int(SPADE_PRODUCT_PANELS),
      panel_stride: Self.residentDepth * Int(SPADE_PANEL_COLUMNS),
      accumulators: accumulators.assumingMemoryBound(to: Int32.self),
      accumulator_stride: Self.residentRowCount * Int(SPADE_PANEL_COLUMNS))
    for _ in 0..<repetitionCount { table.pointee.product(&call) }
  }
}
