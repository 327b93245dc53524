import Foundation

@testable import SpadeQuantize

/// Reads a checkpoint of any form, down to its values and a generator.
func fuzzCheckpoint(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = data.map { Data(bytes: $0, count: count) } ?? Data()
  guard let checkpoint = try? Checkpoint(bytes: bytes) else { return 0 }
  for name in checkpoint.names {
    let values = try? checkpoint.floats(name)
    require(checkpoint[name]?.shape.reduce(1, *) == values?.count, "\(name) has another shape")
  }
  for preset in GeneratorConfiguration.Preset.allCases {
    guard
      let configuration = try? GeneratorConfiguration.detect(checkpoint: checkpoint, preset: preset)
    else { continue }
    _ = try? Generator(checkpoint: checkpoint, configuration: configuration)
  }
  _ = try? StyleEncoder(checkpoint: checkpoint)
  return 0
}

/// Reads `opt.txt`.
func fuzzOptions(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
  _ = try? Options(text: text)
  return 0
}

/// Reads a class list.
func fuzzClasses(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = Array(UnsafeBufferPointer(start: data, count: count))
  guard let classes = try? ModelMetadata.Class.list(text) else { return 0 }
  for entry in classes {
    require(
      !entry.name.isEmpty && entry.color?.count ?? 3 == 3, "a class without a name or with half a colour")
  }
  return 0
}
