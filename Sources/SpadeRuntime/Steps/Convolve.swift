import CSpadeKernels
import SpadeCost
import SpadeModel

extension Runtime {
  /// Rows of codes through a product to wide rows, plus a residual: in tiles as far as the plan and the kernels have them, the
  /// rest directly.
  mutating func convolve(_ convolution: StepOperation.Convolution, rows: Range<Int>) {
    let product = product(convolution.product)
    let input = plane(convolution.input)
    let wide = plane(convolution.output)
    var pixels = PixelRows(
      kernelSize: product.kernelSize, rowStart: rows.lowerBound, input: input, output: wide)
    var output = WideOutput(codes: wide.wide, scales: product.scales, kernels: kernels)
    convolution.residual.ifPresent {
      let plane = plane($0.buffer)
      pixels.residual = PixelRows.Residual(plane: plane, shift: $0.shift)
      output.residual = WideOutput.Residual(codes: UnsafePointer(plane.wide), scale: $0.scale)
    }

    convolution.workspace.ifPresent { workspace in
      let tileCount = ModelFormat.winogradTileCount(
        workspaceByteCount: Int(model.buffer(workspace).byteCount), depth: product.depth)
      let shape = ConvolutionShape(
        rowCount: rows.count, height: input.height, width: input.width, product: ProductShape(product.record),
        outputChannels: wide.channels, residualShift: pixels.residual?.shift, workspaceTileCount: tileCount)
      pixels.rowStart += runTiles(shape, product, pixels, output, workspace: buffer(workspace))
    }
    let rowCount = (rows.upperBound - pixels.rowStart) * input.width
    guard rowCount > 0 else { return }
    let isFine = input.isFine(depth: product.depth)
    if product.tapCount == 1, output.residual == nil {
      let start = pixels.rowStart
      let pixelCount = run(
        RepeatedPixelJob(
          panels: product.panels, input: input, output: output, wide: wide, rows: start..<rows.upperBound,
          isFine: isFine))
      count(product, rowCount: isFine ? 2 * pixelCount : pixelCount, tapCount: 1)
      return
    }
    count(product, rowCount: isFine ? 2 * rowCount : rowCount, tapCount: product.tapCount)
    pool.run(
      WideProductJob(
        panels: product.panels, input: UnsafePointer(input.codes), output: output, rows: .pixels(pixels),
        rowCount: rowCount, isFine: isFine),
      scratch: scratch)
  }

  /// Runs a convolution in tiles as far as they pay.
  /// - Returns: How many rows that made.
  private mutating func runTiles(
    _ shape: ConvolutionShape, _ product: ProductOperand, _ pixels: PixelRows, _ output: WideOutput,
    workspace: UnsafeMutablePointer<Int16>
  ) -> Int {
    guard let winograd = kernels.table.pointee.winograd else { return 0 }
    var convolution = WinogradConvolution(
      product: TileProduct(kernels: winograd, panels: product.panels), pixels: pixels, output: output,
      workspace: workspace, rounds: TileRounds(shape))
    while convolution.rounds.next(threadCount: threadCount) {
      pool.run(TileCodesJob(convolution: convolution), scratch: scratch)
      pool.run(TileProductJob(convolution: convolution), scratch: scratch)
      count(product, rowCount: convolution.rounds.roundTileCount, tapCount: ModelFormat.winogradPoints)
    }
    return convolution.rounds.rowCount
  }
}
