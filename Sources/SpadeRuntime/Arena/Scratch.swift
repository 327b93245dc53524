import CSpadeKernels
import SpadeModel

/// What one thread works in: the parts of a `ScratchLayout`.
///
/// The style encoder's first product has one tap: its rows, `Int8[64][32]`, lie where other taps have their offsets.
struct Scratch {
  static var rowCount: Int { ScratchLayout.rowCount }
  static var panelCount: Int { ScratchLayout.panelCount }

  private let base: UnsafeMutableRawPointer

  /// - Parameter base: As many bytes as the layout says, 64-byte aligned.
  init(_ base: UnsafeMutableRawPointer) { self.base = base }

  var offsets: UnsafeMutablePointer<Int32> { base.assumingMemoryBound(to: Int32.self) }
  /// Room for a row of the widest picture: 4096 of the 6272 that offsets take.
  var symbols: UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(offsets).assumingMemoryBound(to: UInt16.self)
  }
  var patches: UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(offsets + Self.rowCount).assumingMemoryBound(to: UInt8.self)
  }
  var outputOffsets: UnsafeMutablePointer<Int32> { part(ScratchLayout.outputOffsets) }
  var residualOffsets: UnsafeMutablePointer<Int32> { part(ScratchLayout.residualOffsets) }
  var accumulators: UnsafeMutablePointer<Int32> { part(ScratchLayout.accumulators) }
  var picturePanel: UnsafeMutableRawPointer { base + ScratchLayout.picturePanel }
  var tapTable: UnsafeMutablePointer<Int32> { part(ScratchLayout.tapTable) }
  /// Where tasks that make features have theirs, see `FeatureOperand`.
  var featurePart: UnsafeMutablePointer<UInt8> { part(ScratchLayout.features) }
  var tileWeights: UnsafeMutablePointer<Int16> { part(ScratchLayout.tileWeights) }
  var tileSums: UnsafeMutablePointer<Int32> { part(ScratchLayout.tileSums) }
  var tilePixels: UnsafeMutablePointer<Int32> { part(ScratchLayout.tilePixels) }
  /// Where tasks that make A and B in tiles have the transformed codes of a block.
  var tileCodes: UnsafeMutablePointer<Int16> { part(ScratchLayout.tileCodes) }

  @inline(__always)
  private func part<Element>(_ offset: Int) -> UnsafeMutablePointer<Element> {
    (base + offset).assumingMemoryBound(to: Element.self)
  }
}

/// The scratch areas of all threads.
struct ScratchAreas {
  let base: UnsafeMutableRawPointer
  /// Of one area.
  let byteCount: Int

  subscript(thread: Int) -> Scratch { Scratch(base + thread * byteCount) }
}
