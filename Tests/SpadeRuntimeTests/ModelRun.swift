import SpadeModel
import SpadeQuantize
import SpadeRuntime

/// A model file in memory and its pictures.
final class ModelRun {
  private let file: Arena
  let model: Model

  init(_ bytes: [UInt8]) throws {
    file = Arena(bytes)
    model = try Model(checking: UnsafeRawBufferPointer(file.bytes))
  }

  /// RGB8 of one frame in an arena of its own.
  func picture(
    _ map: LabelMap, style: [Float] = [], kernels: KernelSet = .best, threadCount: Int = 1
  ) throws -> [UInt8] {
    let arena = Arena(byteCount: Runtime.arenaByteCount(model: model, threadCount: threadCount))
    var runtime = try Runtime(model: model, arena: arena.bytes, kernels: kernels, threadCount: threadCount)
    var picture = [UInt8](repeating: 0, count: model.pictureByteCount)
    try picture.withUnsafeMutableBufferPointer { picture in
      try map.ids.withUnsafeBufferPointer { ids in
        try style.withUnsafeBufferPointer { style in
          if let edges = map.edges {
            try edges.withUnsafeBufferPointer { edges in
              try runtime.begin(labels: ids, edges: edges, style: style, picture: picture)
            }
          } else {
            try runtime.begin(labels: ids, edges: nil, style: style, picture: picture)
          }
          runtime.run()
        }
      }
    }
    return picture
  }
}
