import CSpade
import SpadeCAPI
import SpadeImage
import SpadeInput
import SpadeModel
import SpadeTestSupport
import SpadeTools
import Testing

/// Photos, drawings and maps as spade.h brings them to a network, against what the programs make of them.
@Suite struct PixelsTests {
  /// Sky, water and grass; class 3 has no colour.
  private static let colors = [0x87CEEB, 0x1E60A0, 0x4C9A2A, -1].map { Int32($0) }

  /// A tiny network with these classes. Without an unknown label its last one is a class.
  private func withModel(
    _ network: TinyNetwork = .plain, hasUnknown: Bool = true, _ body: (inout spade_model) throws -> Void
  ) throws {
    var file = try network.file()
    let json = Array(
      """
      {"classes":[{"name":"sky","color":[135,206,235]},{"name":"water","color":[30,96,160]},
      {"name":"grass","color":[76,154,42]},{"name":"rock"}]}
      """.utf8)
    file.resize(.metadata, to: ModelFormat.padded(json.count, to: 64))
    for (index, byte) in json.enumerated() { file.bytes[file.range(.metadata).lowerBound + index] = byte }
    file.configuration.metadataByteCount = UInt32(json.count)
    if !hasUnknown { file.configuration.unknownLabel = ModelFormat.none }
    file.seal()
    let memory = GuardedMemory(file.bytes)
    var model = spade_model()
    #expect(CSpade.spade_open(&model, memory.bytes.baseAddress, file.bytes.count) == SPADE_OK)
    #expect((0..<4).map { CSpade.spade_class_color(&model, $0) } == Self.colors)
    try body(&model)
    withExtendedLifetime(memory) {}
  }

  /// Areas of the three colours with smoothed borders between them, noise of a few levels, and some pixels of no class.
  private func drawing(width: Int, height: Int, alpha: UInt8 = 255) -> [UInt8] {
    var bits = SplitMix64(seed: 5)
    return (0..<width * height).flatMap { pixel -> [UInt8] in
      let column = Double(pixel % width) / Double(width) * 2.999
      let (left, right) = (Self.colors[Int(column)], Self.colors[min(Int(column) + 1, 2)])
      let share = max(0, (column - column.rounded(.down) - 0.8) * 5)
      let isStrange = bits.next() % 50 == 0
      let levels = [16, 8, 0].map { shift -> UInt8 in
        let blend = Double(left >> shift & 255) * (1 - share) + Double(right >> shift & 255) * share
        return isStrange
          ? UInt8(bits.next() & 255) : UInt8(min(max(blend + Double(bits.next() % 19) - 9, 0), 255))
      }
      return levels + [bits.next() % 40 == 0 ? alpha : 255]
    }
  }

  @Test(arguments: [(1, 1), (3, 700), (256, 256), (640, 427), (257, 100)])
  func aPhotoIsStretchedAsByThePrograms(width: Int, height: Int) throws {
    var bits = SplitMix64(seed: 1)
    let rgb = (0..<width * height * 3).map { _ in UInt8(bits.next() & 255) }
    let side = Int(SPADE_PHOTO_SIDE)
    let photo = GuardedMemory(byteCount: 3 * side * side, alignment: 1)
    let bytes = photo.bytes.bindMemory(to: UInt8.self)
    #expect(CSpade.spade_stretch_photo(rgb, width, height, bytes.baseAddress) == SPADE_OK)
    let expected = try Picture(width: width, height: height, bytes: rgb).resizedToBytes(
      width: side, height: side)
    #expect(Array(bytes) == expected && photo.isIntact)
    #expect(width != side || height != side || expected == rgb)
  }

  /// What the programs make of the same picture in a file, the network's size included.
  @Test(arguments: [255, 0] as [UInt8]) func aDrawingIsReadAsByThePrograms(alpha: UInt8) throws {
    let (width, height) = (97, 61)
    let rgba = drawing(width: width, height: height, alpha: alpha)
    try withModel { handle in
      let ids = GuardedMemory(byteCount: 2 * width * height, alignment: 2)
      let strange = GuardedMemory(byteCount: width * height, alignment: 1)
      let values = ids.bytes.bindMemory(to: UInt16.self)
      let marks = strange.bytes.bindMemory(to: UInt8.self)
      let status = CSpade.spade_read_drawing(
        &handle, Self.colors, rgba, width, height, values.baseAddress, marks.baseAddress)
      #expect(status == SPADE_OK && ids.isIntact && strange.isIntact)

      let unknown = UInt16(CSpade.spade_unknown_label(&handle))
      let palette = Palette(
        Self.colors.prefix(3).enumerated().map { id, color in
          Palette.Entry(
            id: UInt16(id),
            color: Color(red: UInt8(color >> 16), green: UInt8(color >> 8 & 255), blue: UInt8(color & 255)))
        })
      let expected = SnappedDrawing(
        try Drawing(width: width, height: height, bytes: rgba), palette: palette, unknownId: unknown)
      #expect(Array(values) == expected.ids.values)
      #expect(marks.reduce(0) { $0 + Int($1) } == expected.strangeCount && expected.strangeCount > 100)
      #expect(expected.ids.values.contains(unknown) == (alpha == 0))

      let size = (width: CSpade.spade_width(&handle), height: CSpade.spade_height(&handle))
      let labels = GuardedMemory(byteCount: 2 * size.width * size.height, alignment: 2)
      let fitted = labels.bytes.bindMemory(to: UInt16.self)
      #expect(
        CSpade.spade_fit_labels(&handle, values.baseAddress, width, height, fitted.baseAddress) == SPADE_OK)
      #expect(Array(fitted) == expected.ids.resized(width: size.width, height: size.height).values)
      #expect(labels.isIntact)
    }
  }

  @Test func picturesThatAreNoDrawingsAreRefused() throws {
    let (sky, black): ([UInt8], [UInt8]) = ([0x87, 0xCE, 0xEB, 255], [0, 0, 0, 255])
    let clear: [UInt8] = [0x87, 0xCE, 0xEB, 0]
    var (ids, strange) = ([UInt16](repeating: 7, count: 3), [UInt8](repeating: 7, count: 3))
    try withModel { handle in
      func status(_ pixels: [UInt8]...) -> spade_status {
        CSpade.spade_read_drawing(
          &handle, Self.colors, pixels.flatMap { $0 }, pixels.count, 1, &ids, &strange)
      }
      #expect(status(sky, black) == SPADE_OK && strange == [0, 1, 7])
      // Grain around the sky's colour.
      let (dark, light): ([UInt8], [UInt8]) = ([0x7B, 0xC2, 0xDF, 255], [0x93, 0xDA, 0xF7, 255])
      #expect(status(dark, sky, light) == SPADE_OK && ids == [0, 0, 0] && strange == [1, 0, 1])
      #expect(status(black, sky, black) == SPADE_NO_DRAWING && strange == [1, 0, 1])
      #expect(
        status(sky, clear) == SPADE_OK && ids.prefix(2) == [0, UInt16(CSpade.spade_unknown_label(&handle))])
    }
    try withModel(hasUnknown: false) { handle in
      let status = CSpade.spade_read_drawing(&handle, Self.colors, sky + clear, 2, 1, &ids, nil)
      #expect(status == SPADE_TRANSPARENT && ids.prefix(2) == [0, 0])
    }
  }

  @Test func wrongCallsAreRefusedAndWriteNothing() throws {
    var (ids, strange, photo): ([UInt16], [UInt8], [UInt8]) = ([7], [7], [7])
    let (rgba, map): ([UInt8], [UInt16]) = ([0, 0, 0, 0], [0])
    try withModel { handle in
      for (width, height) in [(0, 1), (1, 0), (-1, 1), (1, Int(SPADE_MAX_SIDE) + 1), (.max, .max)] {
        let status = CSpade.spade_read_drawing(&handle, Self.colors, rgba, width, height, &ids, &strange)
        #expect(status == SPADE_BAD_SIDE)
        #expect(CSpade.spade_fit_labels(&handle, map, width, height, &ids) == SPADE_BAD_SIDE)
        #expect(CSpade.spade_stretch_photo(rgba, width, height, &photo) == SPADE_BAD_SIDE)
      }
      let none = [Int32](repeating: -1, count: 4)
      #expect(CSpade.spade_read_drawing(&handle, none, rgba, 1, 1, &ids, &strange) == SPADE_NO_COLORS)
      #expect(CSpade.spade_read_drawing(&handle, nil, rgba, 1, 1, &ids, &strange) == SPADE_NULL_ARGUMENT)
      #expect(CSpade.spade_read_drawing(&handle, none, nil, 1, 1, &ids, &strange) == SPADE_NULL_ARGUMENT)
      #expect(CSpade.spade_read_drawing(nil, none, rgba, 1, 1, &ids, &strange) == SPADE_NULL_ARGUMENT)
      #expect(CSpade.spade_fit_labels(&handle, nil, 1, 1, &ids) == SPADE_NULL_ARGUMENT)
      #expect(CSpade.spade_fit_labels(nil, map, 1, 1, &ids) == SPADE_NULL_ARGUMENT)
      #expect(CSpade.spade_stretch_photo(nil, 1, 1, &photo) == SPADE_NULL_ARGUMENT)
    }
    #expect(ids == [7] && strange == [7] && photo == [7])
  }
}
