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
    let pixelCount = model.width * model.height
    picture = UnsafeMutableBufferPointer(
      start: Memory.allocate(model.pictureByteCount) { _ in 0 }, count: model.pictureByteCount)
    if let labels {
      let unknown = model.unknownLabel.map { UInt16($0) }
      let map = try IndexImage(path: labels).resized(width: model.width, height: model.height)
      ids = map.values.map { $0 == 255 ? unknown ?? $0 : $0 }
      edges =
        try model.hasEdges
        ? instances.map {
          SpadeImage.edges(of: try IndexImage(path: $0).resized(width: model.width, height: model.height))
        } : nil
    } else {
      var (ids, edges) = ([UInt16](repeating: 0, count: pixelCount), [UInt8](repeating: 0, count: pixelCount))
      ids.withUnsafeMutableBufferPointer { ids in
        edges.withUnsafeMutableBufferPointer { model.copyTestMap(ids: ids, edges: $0) }
      }
      self.ids = ids
      self.edges = model.hasEdges ? edges : nil
    }
  }

  /// Multiply-adds of the last frame.
  var productCount: Int { Int(runtime.productCount) }

  func run() throws {
    try ids.withUnsafeBufferPointer { ids in
      try style.withUnsafeBufferPointer { style in
        try (edges ?? []).withUnsafeBufferPointer { edges in
          runtime.forgetMap()
          try runtime.begin(
            labels: ids, edges: self.edges == nil ? nil : edges, style: style, picture: picture)
          runtime.run()
        }
      }
    }
  }
}

extension IndexImage {
  fileprivate init(path: String) throws {
    try self.init(pngBytes: [UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
  }
}
