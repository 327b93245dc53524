import Foundation
import Testing

@testable import SpadeQuantize

@Suite struct CheckpointFormatTests {
  private func checkSmall(_ checkpoint: Checkpoint) throws {
    #expect(checkpoint.names == ["a.weight", "a.transposed", "a.count"])
    #expect(checkpoint["a.weight"] == TensorInfo(shape: [2, 3], elementType: .float32))
    #expect(checkpoint["a.count"] == TensorInfo(shape: [], elementType: .int64))
    #expect(try checkpoint.floats("a.weight") == [0, 0.5, 1, 1.5, 2, 2.5])
    #expect(try checkpoint.floats("a.transposed") == [1, 2.5, 1.5, 3, 2, 3.5])
    #expect(try checkpoint.floats("a.count") == [5])
    #expect(checkpoint["b"] == nil)
    #expect(throws: CheckpointError.missingTensor(name: "b")) { try checkpoint.floats("b") }
  }

  @Test func legacyStream() throws { try checkSmall(Checkpoint(LegacyRecipe(smallTensors()).bytes)) }

  @Test func zipArchive() throws { try checkSmall(Checkpoint(ZipRecipe(smallTensors()).bytes)) }

  @Test func zip64Archive() throws {
    var recipe = ZipRecipe(smallTensors())
    recipe.usesZip64 = true
    try checkSmall(Checkpoint(recipe.bytes))
  }

  @Test func safetensorsInDataOrder() throws {
    let checkpoint = try Checkpoint(smallSafetensors)
    #expect(checkpoint.names == ["a", "b"])
    #expect(checkpoint["a"] == TensorInfo(shape: [], elementType: .float16))
    #expect(try checkpoint.floats("a") == [-2])
    #expect(try checkpoint.floats("b") == [1.5, -2])
  }

  @Test func prefixOfEveryNameIsDropped() throws {
    var tensors = smallTensors()
    for index in tensors.indices { tensors[index].name = "module.\(tensors[index].name)" }
    try checkSmall(Checkpoint(ZipRecipe(tensors).bytes))

    tensors[0].name = "a.weight"
    #expect(try Checkpoint(ZipRecipe(tensors).bytes).names.last == "module.a.count")
  }

  @Test func parametersAndProtocol4() throws {
    var writer = PickleWriter(protocolVersion: 4)
    writer.out.add([0x95, 0, 0, 0, 0, 0, 0, 0, 0])
    for text in ["collections", "OrderedDict"] {
      writer.out.add([0x8c, UInt8(text.utf8.count)])
      writer.out.add(text)
      writer.out.add([0x94])
    }
    writer.out.add([0x93, 0x29, 0x52, 0x94])
    writer.text("p")
    writer.out.add("ctorch._utils\n_rebuild_parameter\n(")
    let storage = StorageRecipe("0", [7])
    writer.tensor(TensorRecipe(name: "p", storage: storage, shape: [1], strides: [1]))
    writer.out.add([0x88])
    writer.emptyOrderedDictionary()
    writer.out.add("tRs.")
    let checkpoint = try Checkpoint(
      ZipRecipe([("m/data.pkl", writer.out.bytes), ("m/data/0", storage.bytes)]).bytes)
    #expect(try checkpoint.floats("p") == [7])
  }

  @Test func emptyTensorsAndUnusedStrides() throws {
    let storage = StorageRecipe("0", [4, 5])
    let checkpoint = try Checkpoint(
      ZipRecipe([
        TensorRecipe(name: "none", storage: storage, shape: [0, 3], strides: [3, 1]),
        TensorRecipe(name: "one", storage: storage, shape: [1, 2, 1], strides: [.max, 1, .max]),
      ]).bytes)
    #expect(try checkpoint.floats("none") == [])
    #expect(try checkpoint.floats("one") == [4, 5])
  }

  @Test(
    arguments: [
      ("FloatStorage", [0, 0, 0x20, 0xc0], Float(-2.5)), ("DoubleStorage", [0, 0, 0, 0, 0, 0, 4, 0x40], 2.5),
      ("HalfStorage", [0, 0x3e], 1.5), ("HalfStorage", [1, 0x80], -0x1p-24),
      ("HalfStorage", [0xff, 0x7b], 65504),
      ("HalfStorage", [0, 0x7c], .infinity), ("BFloat16Storage", [0x20, 0xc0], -2.5),
      ("LongStorage", [0xfe, 255, 255, 255, 255, 255, 255, 255], -2), ("IntStorage", [3, 1, 0, 0], 259),
      ("ShortStorage", [0xff, 0xff], -1), ("CharStorage", [0x80], -128), ("ByteStorage", [0x80], 128),
      ("BoolStorage", [1], 1),
    ] as [(String, [UInt8], Float)])
  func elementTypes(type: String, bytes: [UInt8], value: Float) throws {
    let storage = StorageRecipe("0", type: type, count: 1, bytes: bytes)
    let tensor = TensorRecipe(name: "t", storage: storage, shape: [1], strides: [1])
    #expect(try Checkpoint(ZipRecipe([tensor]).bytes).floats("t") == [value])
    #expect(try Checkpoint(LegacyRecipe([tensor]).bytes).floats("t") == [value])
  }

  @Test func writtenSafetensorsAreReadBack() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/x.safetensors"
    for value in [Float(1), 2] {
      try Safetensors.write(
        tensors: [("z \"quoted\"", [2, 1], [value, -0.0]), ("a", [], [.pi]), ("empty", [0], [])], to: path)
      let checkpoint = try Checkpoint(contentsOf: path)
      #expect(Set(checkpoint.names) == ["z \"quoted\"", "a", "empty"])
      #expect(try checkpoint.floats("z \"quoted\"") == [value, 0])
      #expect(try checkpoint.floats("a") == [.pi])
      #expect(checkpoint["empty"]?.shape == [0])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.safetensors"])
  }

  @Test func writingToNowhereIsAnError() {
    #expect {
      try Safetensors.write(tensors: [], to: "/nonexistent/x.safetensors")
    } throws: { error in
      if case .unwritable = error as? CheckpointError { true } else { false }
    }
  }
}
