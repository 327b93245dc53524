// Paints one class with a model file and writes the picture as PPM: paint model.spade id > picture.ppm
import Foundation
import SpadeModel
import SpadeRuntime

@main struct Paint {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let label = UInt16(arguments[2]) else {
      FileHandle.standardError.write(Data("usage: paint model.spade id > picture.ppm\n".utf8))
      exit(2)
    }
    let file = try Data(contentsOf: URL(fileURLWithPath: arguments[1]))
    // The model looks into these bytes, and the runtime into the model: neither copies.
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: file.count, alignment: ModelFormat.alignment)
    defer { bytes.deallocate() }
    bytes.copyBytes(from: file)
    let model = try Model(checking: UnsafeRawBufferPointer(bytes))

    let arena = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Runtime.arenaByteCount(model: model, threadCount: 2), alignment: ModelFormat.alignment)
    defer { arena.deallocate() }
    let picture = try paint(label, model, in: arena)
    FileHandle.standardOutput.write(Data("P6 \(model.width) \(model.height) 255\n".utf8) + picture)
  }

  /// The threads end with the runtime, before the arena.
  static func paint(_ label: UInt16, _ model: Model, in arena: UnsafeMutableRawBufferPointer) throws -> Data {
    var runtime = try Runtime(model: model, arena: arena, kernels: .best, threadCount: 2)
    let labels = [UInt16](repeating: label, count: model.width * model.height)
    let edges = [UInt8](repeating: 0, count: model.hasEdges ? labels.count : 0)
    let style = [Float](repeating: 0, count: model.styleCount)
    var picture = [UInt8](repeating: 0, count: model.pictureByteCount)
    try picture.withUnsafeMutableBufferPointer { picture in
      try labels.withUnsafeBufferPointer { labels in
        try edges.withUnsafeBufferPointer { edges in
          try style.withUnsafeBufferPointer { style in
            try runtime.begin(
              labels: labels, edges: model.hasEdges ? edges : nil, style: style, picture: picture)
            runtime.run()
          }
        }
      }
    }
    return Data(picture)
  }
}
