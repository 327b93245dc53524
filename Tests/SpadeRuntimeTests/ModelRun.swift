import SpadeModel
import SpadeQuantize
import SpadeRuntime

/// A model file in memory and its pictures.
final class ModelRun {
  private let file: Arena
  var observe = false
  /// By buffer name: real values, channel-major.
  var tensors: [String: [Float]] = [:]
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
          for step in 0..<model.stepCount {
            runtime.execute(step)
            if observe { record(step, runtime) }
          }
        }
      }
    }
    return picture
  }

  private func record(_ step: Int, _ runtime: borrowing Runtime) {
    let record = model.step(step)
    guard record.output != ModelFormat.none else { return }
    let buffer = model.buffer(Int(record.output))
    let name = String(decoding: model.name(Int(buffer.name)), as: UTF8.self)
    let width = Int(buffer.width)
    let used = Int(buffer.usedChannels)
    let area = width * Int(buffer.height)
    runtime.forEachWideRow(writtenBy: step) { y, codes in
      for x in 0..<width {
        for channel in 0..<used {
          tensors[name, default: [Float](repeating: 0, count: used * area)][channel * area + y * width + x] =
            Float(codes[x * Int(buffer.channels) + channel]) * buffer.scale
        }
      }
    }
  }
}
