import SpadeModel
import Testing

/// The sizes and some offsets that FORMAT.md gives: a record is loaded in one piece.
@Suite struct RecordTests {
  @Test func sizes() {
    #expect(MemoryLayout<SectionRecord>.size == 16 && MemoryLayout<SectionRecord>.stride == 16)
    #expect(MemoryLayout<ConfigurationRecord>.size == 128 && MemoryLayout<ConfigurationRecord>.stride == 128)
    #expect(MemoryLayout<BufferRecord>.size == 64 && MemoryLayout<BufferRecord>.stride == 64)
    #expect(MemoryLayout<LevelRecord>.size == 32 && MemoryLayout<LevelRecord>.stride == 32)
    #expect(MemoryLayout<TableRecord>.size == 16 && MemoryLayout<TableRecord>.stride == 16)
    #expect(MemoryLayout<ProductRecord>.size == 32 && MemoryLayout<ProductRecord>.stride == 32)
    #expect(MemoryLayout<NormRecord>.size == 64 && MemoryLayout<NormRecord>.stride == 64)
    #expect(MemoryLayout<StepRecord>.size == 64 && MemoryLayout<StepRecord>.stride == 64)
    #expect(
      ModelFormat.sectionTableOffset + Section.count * MemoryLayout<SectionRecord>.stride
        <= ModelFormat.headerChecksumOffset)
  }

  @Test func lastFieldsLieWhereTheFormatSays() {
    #expect(MemoryLayout<ConfigurationRecord>.offset(of: \.usesWinograd) == 100)
    #expect(MemoryLayout<BufferRecord>.offset(of: \.name) == 44)
    #expect(MemoryLayout<LevelRecord>.offset(of: \.buffer) == 20)
    #expect(MemoryLayout<TableRecord>.offset(of: \.kernelSize) == 12)
    #expect(MemoryLayout<ProductRecord>.offset(of: \.name) == 28)
    #expect(MemoryLayout<NormRecord>.offset(of: \.name) == 44)
    #expect(MemoryLayout<StepRecord>.offset(of: \.workspace) == 52)
  }

  /// Offsets by hand for a 3 by 2 level with 5 inner and 9 outer windows.
  @Test func levelLayout() {
    let layout = LevelLayout(width: 3, height: 2, innerCapacity: 5, outerCapacity: 9)
    #expect(layout.innerNumbers == 0 && layout.outerNumbers == 12)
    #expect(layout.innerPlaces == 24 && layout.outerPlaces == 44)
    #expect(layout.innerSlots == 80 && layout.innerSlotCount == 16)
    #expect(layout.outerSlots == 112 && layout.outerSlotCount == 32)
    #expect(layout.byteCount == 176)
  }

  /// 36 points of 3 tiles and 64 bytes, for chunks of 128 and 16 channels.
  @Test func workspace() {
    let byteCount = 36 * (3 * 128 * 2 + 64) + 36 * (3 * 16 * 2 + 64)
    #expect(ModelFormat.winogradByteCount(tileCount: 3, depth: 144) == byteCount)
    #expect(ModelFormat.winogradTileCount(workspaceByteCount: byteCount, depth: 144) == 3)
    #expect(ModelFormat.winogradTileCount(workspaceByteCount: byteCount - 64, depth: 144) == 2)
    #expect(ModelFormat.winogradTileCount(workspaceByteCount: 64, depth: 144) == 0)
  }

  @Test func panelByteCount() {
    #expect(ModelFormat.panelByteCount(tapCount: 9, depth: 32) == 128 + 9 * 32 * 16)
  }
}
