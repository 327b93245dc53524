// Prints how often the C allocator is called while a model's built-in test case runs.
//
//   spade-allocation-trap <model.spade> <kernel set index> <threads>   the calls of two frames, each after a photo where
//                                                                      the model has a style encoder
//   spade-allocation-trap --prove                                     calls that are made on purpose: 7, then more

import CSpadeAllocationTrap
import Foundation
import SpadeModel
import SpadeRuntime

final class Box { var value = 0 }

func prove() {
  spade_trap_arm()
  spade_trap_call_each()
  let each = spade_trap_disarm()
  print(each)
  spade_trap_arm()
  let boxes = (0..<3).map { _ in Box() }
  let count = spade_trap_disarm()
  print(boxes.count == 3 ? count : 0)
}

func aligned(_ byteCount: Int) -> UnsafeMutableRawBufferPointer {
  .allocate(byteCount: byteCount, alignment: ModelFormat.alignment)
}

func run(_ path: String, kernels: KernelSet, threadCount: Int) throws {
  let contents = try Data(contentsOf: URL(fileURLWithPath: path))
  let file = aligned(contents.count)
  contents.copyBytes(to: file)
  let model = try Model(checking: UnsafeRawBufferPointer(file))
  var labels = [UInt16](repeating: 0, count: model.width * model.height)
  var edges = [UInt8](repeating: 0, count: labels.count)
  labels.withUnsafeMutableBufferPointer { labels in
    edges.withUnsafeMutableBufferPointer { model.copyTestMap(ids: labels, edges: $0) }
  }
  let picture = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: model.pictureByteCount)
  var runtime = try Runtime(
    model: model, arena: aligned(Runtime.arenaByteCount(model: model, threadCount: threadCount)),
    kernels: kernels, threadCount: threadCount)
  let photo = (0..<EncoderLayout.photoByteCount).map { Model.testPhotoByte($0) }
  let style = UnsafeMutableBufferPointer<Float>.allocate(capacity: model.styleCount)
  try labels.withUnsafeBufferPointer { labels in
    try edges.withUnsafeBufferPointer { edges in
      for _ in 0..<2 {
        spade_trap_arm()
        if model.encoder != nil {
          try photo.withUnsafeBufferPointer { try runtime.encodeStyle(photo: $0, into: style) }
        }
        try runtime.begin(
          labels: labels, edges: model.hasEdges ? edges : nil, style: model.testStyle, picture: picture)
        runtime.run()
        // Counted before the line that prints, which allocates.
        let calls = spade_trap_disarm()
        print(calls)
      }
    }
  }
  let checksum = Checksum.of(UnsafeRawBufferPointer(picture))
  print(checksum == model.testChecksum ? "same picture" : "another picture")
  let styleChecksum = model.encoder == nil ? 0 : Checksum.of(UnsafeRawBufferPointer(style))
  print(styleChecksum == model.testStyleChecksum ? "same style" : "another style")
}

let arguments = CommandLine.arguments
if arguments.count == 2, arguments[1] == "--prove" {
  prove()
} else if arguments.count == 4, let index = Int(arguments[2]), let threadCount = Int(arguments[3]),
  let kernels = KernelSet.supported(at: index)
{
  try run(arguments[1], kernels: kernels, threadCount: threadCount)
} else {
  exit(2)
}
