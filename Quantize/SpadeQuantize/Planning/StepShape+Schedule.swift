import SpadeCost
import SpadeModel

extension QuantizedNetwork {
  /// What decides the cost of some rows of a stage.
  /// - Parameter workspaceTileCount: Where a convolution has a workspace, the tiles that it holds.
  func shape(_ index: Stage.Index, rows: Range<Int>, workspaceTileCount: Int? = nil) -> StepShape {
    let stage = stages[index]
    switch stage.operation {
    case .labelFirst(let table, _):
      return .labelFirst(
        LabelFirstShape(
          rowCount: rows.count, width: stage.width, table: shape(table),
          usedChannels: stage.operation.output.map { tensors[$0].channelCount } ?? 0,
          inputChannelCount: inputChannelCount(table)))
    case .styleFirst(let product, _): return .styleFirst(shape(product))
    case .normalize:
      return .normalize(
        NormalizationShape(pixelCount: rows.count * stage.width, channels: outputChannels(stage)))
    case .modulate(let modulation):
      return .modulate(
        ModulationShape(
          rowCount: rows.count, width: stage.width, channels: norms[modulation.norm].channels,
          inputWidth: stage.width >> modulation.shift, inputShift: modulation.shift,
          isConstant: norms[modulation.norm].isConstant))
    case .convolve(let convolution):
      return .convolve(
        ConvolutionShape(
          rowCount: rows.count, height: stage.height, width: stage.width, product: shape(convolution.product),
          isFine: tensors[convolution.input].encoding == .fineCodes, outputChannels: outputChannels(stage),
          residualShift: convolution.residual?.shift,
          workspaceTileCount: workspaceTileCount))
    case .picture(let product, let input):
      return .picture(
        ConvolutionShape(
          rowCount: rows.count, height: stage.height, width: stage.width, product: shape(product),
          isFine: tensors[input].encoding == .fineCodes, outputChannels: 3, residualShift: nil,
          workspaceTileCount: nil))
    }
  }

  /// The hidden activations of a norm, and its A and B.
  func shapes(
    _ index: StoredNorm.Index, rows: Range<Int>, tapRowCapacity: Int
  ) -> (hidden: StepShape, affine: StepShape)? {
    guard let windows = norms[index].windows else { return nil }
    let (table, affine) = (windows.hidden, windows.affine)
    let pixelCount = rows.count * levels[windows.level].width
    return (
      .hidden(
        HiddenShape(
          pixelCount: pixelCount, table: shape(table), usedChannels: products[affine].usedDepth,
          inputChannelCount: inputChannelCount(table))),
      .affine(
        AffineShape(
          pixelCount: pixelCount, product: shape(affine), tapRowCapacity: tapRowCapacity,
          features: featureShape(index)))
    )
  }

  /// The statistics of a norm's features; `nil` where it has none.
  func statisticsShape(_ index: StoredNorm.Index) -> StepShape? {
    guard let windows = norms[index].windows, let features = featureShape(index) else { return nil }
    return .statistics(
      StatisticsShape(
        width: levels[windows.level].width, table: shape(windows.hidden), features: features))
  }

  private func featureShape(_ index: StoredNorm.Index) -> FeatureShape? {
    guard let windows = norms[index].windows, windows.features != nil else { return nil }
    let table = tables[windows.hidden]
    return FeatureShape(
      kernelSize: table.kernelSize, hiddenChannels: table.channels,
      usedChannels: products[windows.affine].usedDepth)
  }

  /// What makes a style's part of a table; `nil` where it adds nothing.
  func styleShape(_ table: StoredTable.Index) -> StepShape? {
    tables[table].style.map { .styleBias(shape($0)) }
  }

  /// Channels that a convolution of the labels reads, with those of the style where it goes along with them.
  private func inputChannelCount(_ table: StoredTable.Index) -> Int {
    configuration.inputChannelCount + (tables[table].style == nil ? 0 : configuration.styleCount ?? 0)
  }

  /// Multiply-adds of the network as PyTorch runs it: dense convolutions of the one-hot map.
  var denseProductCount: Int {
    stages.indices.reduce(0) { sum, index in
      let stage = stages[index]
      var shapes = [shape(index, rows: 0..<stage.height)]
      if case .modulate(let modulation) = stage.operation,
        let parts = self.shapes(modulation.norm, rows: 0..<stage.height, tapRowCapacity: 0)
      {
        shapes += [parts.hidden, parts.affine]
      }
      return shapes.reduce(sum) { $0 + StepCost($1, rowsPerTile: nil).denseProductCount }
    }
  }

  private func outputChannels(_ stage: Stage) -> Int {
    stage.operation.output.map { ModelFormat.padded(tensors[$0].channelCount, to: ModelFormat.channelBlock) }
      ?? 0
  }

  private func shape(_ table: StoredTable.Index) -> TableShape {
    TableShape(kernelSize: tables[table].kernelSize, channels: tables[table].channels)
  }

  private func shape(_ product: StoredProduct.Index) -> ProductShape {
    let product = products[product]
    return ProductShape(
      kernelSize: product.kernelSize, depth: product.depth, usedDepth: product.usedDepth,
      panelCount: product.panelCount, usedColumns: product.usedColumns)
  }
}
