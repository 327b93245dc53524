import CSpade
import Dispatch
import Foundation
import SpadeCAPI
import SpadeModel
import SpadeTestSupport
import Testing

/// What spade.h promises of more than one call.
@Suite struct ContractTests {
  /// Zeros, garbage, and what is left after a file that was refused or none: not one of them is a model.
  @Test(arguments: [0, 0xA5, nil]) func aModelThatIsNotOpenHasNothing(_ fill: UInt8?) throws {
    let file = GuardedMemory(try TinyNetwork.style.file().bytes)
    var model = spade_model()
    if let fill {
      _ = withUnsafeMutableBytes(of: &model) { $0.initializeMemory(as: UInt8.self, repeating: fill) }
    } else {
      #expect(CSpade.spade_open(&model, file.bytes.baseAddress, file.bytes.count) == SPADE_OK)
      #expect(CSpade.spade_open(&model, file.bytes.baseAddress, file.bytes.count - 64) == SPADE_FILE_SIZE)
      expectNothing(&model)
      #expect(CSpade.spade_open(&model, file.bytes.baseAddress, file.bytes.count) == SPADE_OK)
      #expect(CSpade.spade_open(&model, nil, file.bytes.count) == SPADE_NULL_ARGUMENT)
    }
    expectNothing(&model)
  }

  private func expectNothing(_ model: inout spade_model) {
    #expect(CSpade.spade_width(&model) == 0 && CSpade.spade_height(&model) == 0)
    #expect(CSpade.spade_picture_size(&model) == 0 && CSpade.spade_label_count(&model) == 0)
    #expect(CSpade.spade_unknown_label(&model) == -1 && CSpade.spade_style_count(&model) == 0)
    #expect(CSpade.spade_has_edges(&model) == 0 && CSpade.spade_has_encoder(&model) == 0)
    #expect(CSpade.spade_class_count(&model) == 0 && CSpade.spade_class_name(&model, 0, nil, 0) == 0)
    #expect(CSpade.spade_class_color(&model, 0) == -1 && CSpade.spade_saved_style_size(&model) == 0)
    #expect(CSpade.spade_arena_size(&model, 1) == 0)
    let arena = GuardedMemory(byteCount: 1 << 20)
    var runtime: OpaquePointer?
    #expect(
      CSpade.spade_start(&runtime, &model, arena.bytes.baseAddress, arena.bytes.count, 1) == SPADE_NOT_OPEN)
    var (style, ids, colors, rgba, saved): ([Float], [UInt16], [Int32], [UInt8], [UInt8]) =
      ([7], [7], [7], [7, 7, 7, 7], [UInt8](repeating: 7, count: 64))
    #expect(CSpade.spade_seed_style(&model, 0, &style) == SPADE_NOT_OPEN)
    #expect(CSpade.spade_read_style(&model, saved, saved.count, &style) == SPADE_NOT_OPEN)
    #expect(CSpade.spade_write_style(&model, style, &saved) == SPADE_NOT_OPEN)
    #expect(CSpade.spade_read_drawing(&model, &colors, &rgba, 1, 1, &ids, nil) == SPADE_NOT_OPEN)
    var labels: [UInt16] = [7]
    #expect(CSpade.spade_fit_labels(&model, ids, 1, 1, &labels) == SPADE_NOT_OPEN)
    #expect(runtime == nil && style == [7] && ids == [7] && labels == [7] && saved.allSatisfy { $0 == 7 })
  }

  /// Two runtimes over one model, at the same time on two threads, in arenas that held different bytes.
  @Test(arguments: [TinyNetwork.style, .instanceEdges]) func twoShareAModel(_ network: TinyNetwork) throws {
    let (map, style) = try ModelRun(network.file().bytes).testCase
    try withModel(network) { handle, model in
      let shared = SharedModel(handle: handle)
      let size = CSpade.spade_arena_size(&handle, 2)
      let arenas = SharedArenas(memory: [0x00, 0xFF].map { GuardedMemory(byteCount: size, fill: $0) })
      let pictureByteCount = model.pictureByteCount
      let expected = model.testChecksum
      DispatchQueue.concurrentPerform(iterations: 2) { index in
        withUnsafePointer(to: shared.handle) { handle in
          var runtime: OpaquePointer?
          let base = arenas.memory[index].bytes.baseAddress
          #expect(CSpade.spade_start(&runtime, handle, base, size, 2) == SPADE_OK)
          for _ in 0..<10 {
            var rgb = [UInt8](repeating: 0, count: pictureByteCount)
            #expect(CSpade.spade_paint(runtime, map.ids, map.edges, style, &rgb) == SPADE_OK)
            #expect(rgb.withUnsafeBytes { Checksum.of($0) } == expected)
          }
          CSpade.spade_stop(runtime)
        }
      }
      for arena in arenas.memory { #expect(arena.isIntact) }
    }
  }

  private struct SharedModel: @unchecked Sendable {
    let handle: spade_model
  }

  private struct SharedArenas: @unchecked Sendable {
    let memory: [GuardedMemory]
  }

  /// The numbers are those of the text, which alone is read elsewhere.
  @Test func theVersionIsOne() {
    #expect("\(SPADE_VERSION_MAJOR).\(SPADE_VERSION_MINOR).\(SPADE_VERSION_PATCH)" == SPADE_VERSION)
    #expect(String(cString: spade_version()) == SPADE_VERSION)
  }

  /// What is cited is what was built.
  @Test func theCitationHasTheVersion() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../CITATION.cff")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("version:") } == ["version: \(SPADE_VERSION)"])
    #expect(lines.first == "cff-version: 1.2.0" && lines.contains { $0.hasPrefix("    doi: 10.1109/") })
  }

  /// Of programs that were built with an older spade.h.
  @Test func whatProgramsKnowStays() {
    #expect(MemoryLayout<spade_model>.size == 256 && MemoryLayout<spade_model>.alignment == 8)
    #expect(SPADE_OK.rawValue == 0 && SPADE_NULL_ARGUMENT.rawValue == 1 && SPADE_NOT_OPEN.rawValue == 2)
    #expect(SPADE_TOO_SHORT.rawValue == 16 && SPADE_BAD_METADATA.rawValue == 35)
    #expect(SPADE_ARENA_TOO_SMALL.rawValue == 64 && SPADE_THREADS_REFUSED.rawValue == 67)
    #expect(SPADE_UNKNOWN_LABEL.rawValue == 80 && SPADE_ENCODER_MISSING.rawValue == 86)
    #expect(SPADE_NOT_A_STYLE.rawValue == 96 && SPADE_STYLE_LENGTH.rawValue == 99)
    #expect(SPADE_BAD_SIDE.rawValue == 112 && SPADE_TRANSPARENT.rawValue == 115)
  }
}
