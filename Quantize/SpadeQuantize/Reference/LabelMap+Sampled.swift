import SpadeInput

extension LabelMap {
  /// The map at another size: output pixel `d` reads `min(⌊d · float(in) / out⌋, in - 1)` along each axis.
  ///
  /// Where the size divides, that is the top-left pixel of every cell.
  func sampled(width newWidth: Int, height newHeight: Int) -> LabelMap {
    if newWidth == width && newHeight == height { return self }
    let columns = Self.sources(from: width, to: newWidth)
    let sources = Self.sources(from: height, to: newHeight).flatMap { row in
      columns.map { row * width + $0 }
    }
    return LabelMap(
      width: newWidth, height: newHeight, ids: sources.map { ids[$0] },
      edges: edges.map { edges in sources.map { edges[$0] } })
  }

  private static func sources(from count: Int, to newCount: Int) -> [Int] {
    let scale = Float(count) / Float(newCount)
    return (0..<newCount).map { min(Int(Float($0) * scale), count - 1) }
  }
}
