import SpadeInput
import SpadeModel

extension Model {
  /// The name of a step, block or layer.
  package func text(_ name: NameIndex) -> String { String(decoding: self.name(name), as: UTF8.self) }

  /// Layers whose A and B have windows, and how many of these keep them for the next picture of a map.
  package var windowLayers: (count: Int, keptCount: Int) {
    let norms = (0..<normCount).compactMap { norm(NormIndex($0)).windowAffine }
    return (norms.count, hasStyleBias ? 0 : norms.count { keepsAffine($0) })
  }

  /// The input of the built-in test case.
  package var testCase: (map: LabelMap, style: [Float]) {
    var ids = [UInt16](repeating: 0, count: width * height)
    var edges = [UInt8](repeating: 0, count: width * height)
    ids.withUnsafeMutableBufferPointer { ids in
      edges.withUnsafeMutableBufferPointer { copyTestMap(ids: ids, edges: $0) }
    }
    return (
      LabelMap(width: width, height: height, ids: ids, edges: hasEdges ? edges : nil), [Float](testStyle)
    )
  }
}
