import Foundation
import SpadeImage
import SpadeModel
import SpadeRuntime

/// A whole frame of a model file.
final class Network {
  private var runtime: Runtime
  private let ids: [UInt16]
  private let edges: [UInt8]?
  private let style: [Float]
  private let picture: UnsafeMutableBufferPointer<UInt8>

  /// - Parameters:
  ///   - labels: A label map, or `nil` for the model's built-in test case.
  ///   - instances: Its instance map, where the network reads instance borders.
  init(model path: String, labels: String?, instances: String?, kernels: KernelSet, threadCount: Int) throws {
    let file = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    let bytes = Memory.allocate(file.count) { file[$0] }
    let model = try Model(checking: UnsafeRawBufferPointer(start: bytes, count: file.count))
    let arenaByteCount = Runtime.arenaByteCount(model: model, threadCount: threadCount)
    let arena = Memory.allocate(arenaByteCount) { _ in UInt8(0) }
    runtime = try Runtime(
      model: model, arena: UnsafeMutableRawBufferPointer(start: arena, count: arenaByteCount),
      kernels: kernels,
      threadCount: threadCount)
    style = [Float](model.testStyle)
    picture = UnsafeMutableBufferPointer(
      start: Memory.allocate(model.pictureByteCount) { _ in 0 }, count: model.pictureByteCount)
    if let labels {
      let unknown = model.configuration.unknownLabel
      let map = try IndexImage(png: labels).resized(width: model.width, height: model.height)
      ids = map.values.map { $0 == 255 && unknown != ModelFormat.none ? UInt16(unknown) : $0 }
      edges =
        try model.hasEdges
        ? instances.map {
          SpadeImage.edges(of: try IndexImage(png: $0).resized(width: model.width, height: model.height))
        } : nil
    } else {
      var symbols: [UInt16] = []
      model.forEachTestRun { symbol, length in symbols += [UInt16](repeating: symbol, count: length) }
      ids = symbols.map { $0 >> 1 }
      edges = model.hasEdges ? symbols.map { UInt8($0 & 1) } : nil
    }
  }

  /// Multiply-adds of the last frame.
  var productCount: Int { Int(runtime.productCount) }

  func run() throws {
    try ids.withUnsafeBufferPointer { ids in
      try style.withUnsafeBufferPointer { style in
        try (edges ?? []).withUnsafeBufferPointer { edges in
          try runtime.begin(
            labels: ids, edges: self.edges == nil ? nil : edges, style: style, picture: picture)
          runtime.run()
        }
      }
    }
  }
}
