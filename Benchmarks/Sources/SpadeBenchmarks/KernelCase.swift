import CSpadeKernels

/// One kernel at one shape of the network.
struct KernelCase {
  let name: String
  /// Of one iteration: multiply-adds, or elements written where there is no peak.
  let work: Int
  /// What the name of the set's peak ends in; `nil` for anything but products.
  let peak: String?
  /// Makes the operands and returns what an iteration runs; `nil` where the set has no such kernel.
  let prepare: (UnsafePointer<spade_kernel_set>) -> (() -> Void)?

  private static let rowCount = Int(SPADE_PRODUCT_ROWS)
  private static let columnCount = Int(SPADE_PANEL_COLUMNS)
  private static let panelCount = Int(SPADE_PRODUCT_PANELS)

  static let all: [KernelCase] =
    [64, 128, 256, 512, 1024].map { product(taps: 9, depth: $0) }
    + [64, 1024].map { product(taps: 1, depth: $0) }
    + [tileProduct(depth: 64), tileProduct(depth: 128)]
    + [tapTable(depth: 128), tapSum(kernelSize: 3)]
    + [requantize(hasResidual: false), requantize(hasResidual: true)]
    + [modulate(width: 256, channels: 64, shift: 1), modulate(width: 32, channels: 1024, shift: 0)]
    + [tableSum(channels: 1024), tableSumRelu(channels: 128)]

  // MARK: Products

  /// A convolution: 64 pixels of a row, gathered with their neighbours from three rows.
  static func product(taps: Int, depth: Int) -> KernelCase {
    let width = rowCount + 2
    return product(
      "product \(taps)x\(depth)", taps: taps, depth: depth, sourceRowCount: 3 * width, hasBias: true
    ) {
      row, tap in tap / 3 * width + row + tap % 3
    }
  }

  /// Hidden rows times one tap of four panels, as the tap tables are made.
  static func tapTable(depth: Int) -> KernelCase {
    product("tap table 1x\(depth)", taps: 1, depth: depth, sourceRowCount: rowCount, hasBias: false) {
      row, _ in row
    }
  }

  private static func product(
    _ name: String, taps: Int, depth: Int, sourceRowCount: Int, hasBias: Bool,
    _ source: @escaping (_ row: Int, _ tap: Int) -> Int
  ) -> KernelCase {
    KernelCase(name: name, work: rowCount * taps * depth * panelCount * columnCount, peak: "") { set in
      let header = hasBias ? Int(SPADE_PANEL_HEADER) : 0
      let stride = header + taps * depth * columnCount
      // −128 is no weight.
      let panels: UnsafeMutablePointer<UInt8> = Memory.noise(panelCount * stride)
      for index in 0..<panelCount * stride where panels[index] == 0x80 { panels[index] = 0x81 }
      let codes: UnsafeMutablePointer<Int8> = Memory.noise(sourceRowCount * depth)
      let offsets = Memory.allocate(taps * rowCount) { index in
        Int32(source(index % rowCount, index / rowCount) * depth)
      }
      let accumulators = Memory.allocate(panelCount * rowCount * columnCount) { _ in Int32(0) }
      var call = spade_product(
        base: codes, offsets: offsets, offset_stride: rowCount, row_count: rowCount, tap_count: taps,
        depth: depth,
        weights: panels + header,
        bias: hasBias ? UnsafeRawPointer(panels).assumingMemoryBound(to: Int32.self) : nil,
        panel_count: panelCount, panel_stride: stride, accumulators: accumulators,
        accumulator_stride: rowCount * columnCount)
      return { set.pointee.product(&call) }
    }
  }

  /// Transformed codes of 32 tiles times transformed weights, one of the 36 points after the other.
  static func tileProduct(depth: Int) -> KernelCase {
    let points = Int(SPADE_WINOGRAD_POINTS)
    let tileCount = Int(SPADE_WINOGRAD_TILES)
    return KernelCase(
      name: "tiles 36x\(depth)", work: points * tileCount * depth * columnCount, peak: " tiles"
    ) { set in
      guard let winograd = set.pointee.winograd else { return nil }
      let codes: UnsafeMutablePointer<Int16> = Memory.noise(points * tileCount * depth)
      let weights: UnsafeMutablePointer<Int16> = Memory.noise(points * depth * columnCount)
      let sums: UnsafeMutablePointer<Int32> = Memory.noise(points * tileCount * columnCount)
      var call = spade_winograd_product(
        codes: codes, depth_stride: depth, tile_count: tileCount, depth: depth, weights: weights, sums: sums)
      return {
        for point in 0..<points {
          call.codes = UnsafePointer(codes + point * tileCount * depth)
          call.weights = UnsafePointer(weights + point * depth * columnCount)
          call.sums = sums + point * tileCount * columnCount
          winograd.pointee.product(&call)
        }
      }
    }
  }

  // MARK: Everything else

  /// 64 outer windows, each the sum of k² rows of a panel's tap table; every inner window of the level is another.
  static func tapSum(kernelSize: Int) -> KernelCase {
    let repetitions = 16
    let side = 24
    return KernelCase(
      name: "tap sum \(kernelSize * kernelSize)", work: repetitions * rowCount * columnCount, peak: nil
    ) { set in
      let tableRowCount = side * side + 1
      let table: UnsafeMutablePointer<Int32> = Memory.noise(
        tableRowCount * kernelSize * kernelSize * columnCount)
      let numbers = Memory.allocate(side * side) { UInt16($0) }
      // Inside the level, seven pixels apart.
      let inner = side - 2 * (kernelSize / 2)
      let positions = Memory.allocate(2 * rowCount) { index in
        let pixel = index / 2 * 7 % (inner * inner)
        return UInt16(kernelSize / 2 + (index % 2 == 0 ? pixel / inner : pixel % inner))
      }
      var call = spade_tap_sum(
        table: table, table_row_count: tableRowCount, numbers: numbers, width: side, height: side,
        kernel_size: kernelSize, positions: positions, row_count: rowCount, bias: Memory.noise(columnCount),
        accumulators: Memory.noise(rowCount * columnCount))
      return { for _ in 0..<repetitions { set.pointee.tap_sum(&call) } }
    }
  }

  /// One panel of 64 pixels of 256 channels.
  static func requantize(hasResidual: Bool) -> KernelCase {
    let repetitions = 64
    let channels = 256
    return KernelCase(
      name: hasResidual ? "requantize + residual" : "requantize", work: repetitions * rowCount * columnCount,
      peak: nil
    ) { set in
      let accumulators: UnsafeMutablePointer<Int32> = Memory.noise(rowCount * columnCount)
      for index in 0..<rowCount * columnCount { accumulators[index] %= 1 << 22 }
      let offsets = Memory.allocate(rowCount) { Int32($0 * channels) }
      let residual: UnsafeMutablePointer<Int16> = Memory.noise(rowCount * channels)
      let out: UnsafeMutablePointer<Int16> = Memory.noise(rowCount * channels)
      var call = spade_requantize(
        accumulators: accumulators, row_count: rowCount, scale: Memory.allocate(columnCount) { _ in 0.004 },
        residual: hasResidual ? UnsafePointer(residual) : nil, residual_offsets: offsets,
        residual_scale: hasResidual ? 0.75 : 0, out: out, out_offsets: offsets)
      return { for _ in 0..<repetitions { set.pointee.requantize(&call) } }
    }
  }

  /// One row of the picture; runs of eight pixels share a window.
  static func modulate(width: Int, channels: Int, shift: UInt32) -> KernelCase {
    KernelCase(
      name: "modulate \(width)x\(channels)\(shift > 0 ? " doubled" : "")", work: width * channels,
      peak: nil
    ) { set in
      let affine: UnsafeMutablePointer<Int16> = Memory.noise(width * channels * 2)
      for index in 0..<width * channels * 2 { affine[index] = max(affine[index], -32767) }
      var call = spade_modulate(
        x: Memory.noise(width * channels), x_shift: shift, width: width, channels: channels,
        windows: Memory.allocate(width) { UInt16($0 / 8) }, affine: affine, bias_factor: 1024,
        scale: Memory.allocate(channels) { _ in 1e-7 }, zero_point: Memory.allocate(channels) { _ in -100 },
        slope: 0.2, is_fine: 0, out: Memory.noise(width * channels))
      return { set.pointee.modulate(&call) }
    }
  }

  /// The first tensor at one pixel.
  static func tableSum(channels: Int) -> KernelCase {
    tableSum("table sum \(channels)", channels: channels) { set, call in
      let out: UnsafeMutablePointer<Int16> = Memory.noise(channels)
      return { set.pointee.table_sum(call, out) }
    }
  }

  /// Hidden activations of one window.
  static func tableSumRelu(channels: Int) -> KernelCase {
    tableSum("table sum + relu \(channels)", channels: channels) { set, call in
      let out: UnsafeMutablePointer<Int8> = Memory.noise(channels)
      return { set.pointee.table_sum_relu(call, out) }
    }
  }

  private static func tableSum(
    _ name: String, channels: Int,
    _ kernel: @escaping (UnsafePointer<spade_kernel_set>, UnsafePointer<spade_table_sum>) -> () -> Void
  ) -> KernelCase {
    let repetitions = 64
    let labelCount = 151
    return KernelCase(name: name, work: repetitions * channels, peak: nil) { set in
      let call = Memory.allocate(1) { _ in
        spade_table_sum(
          table: Memory.noise(9 * labelCount * channels),
          offsets: Memory.allocate(9) { Int32(($0 * labelCount + 17) * channels) }, count: 9,
          bias: Memory.noise(channels), channels: channels)
      }
      let run = kernel(set, call)
      return { for _ in 0..<repetitions { run() } }
    }
  }
}
