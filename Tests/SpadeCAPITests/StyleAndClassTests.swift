import CSpade
import SpadeCAPI
import SpadeInput
import SpadeModel
import SpadeTestSupport
import SpadeTools
import Testing

/// Styles and classes as spade.h has them, against those of the programs.
@Suite struct StyleAndClassTests {
  private func withModel(_ bytes: [UInt8], _ body: (inout spade_model) throws -> Void) throws {
    let memory = GuardedMemory(bytes)
    var model = spade_model()
    #expect(CSpade.spade_open(&model, memory.bytes.baseAddress, bytes.count) == SPADE_OK)
    try body(&model)
    withExtendedLifetime(memory) {}
  }

  /// In OASIS noise is the style.
  @Test(arguments: [TinyNetwork.style, .noise]) func aSeedsStyleIsThatOfThePrograms(network: TinyNetwork)
    throws
  {
    try withModel(try network.file().bytes) { handle in
      #expect(CSpade.spade_style_count(&handle) == network.configuration.styleCount)
      for seed in [0, 7, UInt64.max] {
        var style = [Float](repeating: .nan, count: CSpade.spade_style_count(&handle) + 1)
        #expect(CSpade.spade_seed_style(&handle, seed, &style) == SPADE_OK)
        #expect(style.last?.isNaN == true)
        #expect(Array(style.dropLast()) == NormalGenerator.style(seed: seed, count: style.count - 1))
      }
    }
  }

  @Test(arguments: [TinyNetwork.style, .noise]) func savedStylesAreThoseOfThePrograms(network: TinyNetwork)
    throws
  {
    try withModel(try network.file().bytes) { handle in
      let style: [Float] = NormalGenerator.style(seed: 3, count: CSpade.spade_style_count(&handle))
      let saved = SavedStyle(style).bytes
      #expect(CSpade.spade_saved_style_size(&handle) == saved.count)
      var written = [UInt8](repeating: 0, count: saved.count)
      #expect(CSpade.spade_write_style(&handle, style, &written) == SPADE_OK && written == saved)
      var read = [Float](repeating: .nan, count: style.count)
      #expect(CSpade.spade_read_style(&handle, saved, saved.count, &read) == SPADE_OK && read == style)
    }
  }

  @Test func otherStylesAreRefusedAndChangeNothing() throws {
    try withModel(try TinyNetwork.style.file().bytes) { handle in
      let count = CSpade.spade_style_count(&handle)
      var style = [Float](repeating: 7, count: count)
      func status(_ bytes: [UInt8]) -> spade_status {
        CSpade.spade_read_style(&handle, bytes, bytes.count, &style)
      }
      let saved = SavedStyle(style).bytes
      var version = saved
      version[8] = 2
      var damaged = saved
      damaged[20] ^= 1
      #expect(status([1, 2, 3]) == SPADE_NOT_A_STYLE && status(version) == SPADE_STYLE_VERSION)
      #expect(status(damaged) == SPADE_STYLE_DAMAGED && status(saved.dropLast()) == SPADE_STYLE_DAMAGED)
      #expect(status(SavedStyle(style + [1]).bytes) == SPADE_STYLE_LENGTH)
      #expect(style == [Float](repeating: 7, count: count))
      style[0] = .nan
      var written = saved
      #expect(
        CSpade.spade_write_style(&handle, style, &written) == SPADE_STYLE_NOT_FINITE && written == saved)
    }
    try withModel(try TinyNetwork.plain.file().bytes) { handle in
      var style: [Float] = [7]
      let saved = SavedStyle([1]).bytes
      #expect(CSpade.spade_saved_style_size(&handle) == 0)
      #expect(CSpade.spade_seed_style(&handle, 1, &style) == SPADE_OK && style == [7])
      #expect(CSpade.spade_read_style(&handle, saved, saved.count, &style) == SPADE_STYLE_LENGTH)
      var written = saved
      #expect(CSpade.spade_write_style(&handle, style, &written) == SPADE_STYLE_LENGTH && written == saved)
    }
  }

  /// Those that Models/landscapes/classes.txt lists.
  @Test func classesHaveNamesAndColours() throws {
    let path = "Models/landscapes/landscapes.spade"
    let file = try ModelFile(path: path)
    let classes = try file.classes()
    #expect(classes.count > 4)
    try withModel([UInt8](file.model.bytes)) { handle in
      #expect(CSpade.spade_class_count(&handle) == classes.count)
      for (label, expected) in classes.enumerated() {
        let utf8 = expected.name.utf8.map { CChar(bitPattern: $0) }
        var name = [CChar](repeating: 1, count: 64)
        #expect(CSpade.spade_class_name(&handle, label, &name, name.count) == utf8.count)
        #expect(Array(name.prefix(utf8.count + 1)) == utf8 + [0])
        var start = [CChar](repeating: 1, count: 4)
        #expect(CSpade.spade_class_name(&handle, label, &start, 3) == utf8.count)
        #expect(start == utf8.prefix(2) + [0, 1])
        let color = try #require(expected.color)
        let number = Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue)
        #expect(CSpade.spade_class_color(&handle, label) == number)
      }
      #expect(CSpade.spade_class_name(&handle, classes.count, nil, 0) == 0)
      #expect(CSpade.spade_class_color(&handle, classes.count) == -1)
    }
  }
}
