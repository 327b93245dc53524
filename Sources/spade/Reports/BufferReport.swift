import SpadeModel
import SpadeTools

/// A buffer of the arena.
struct BufferReport: Encodable {
  enum Use: String, Encodable, CaseIterable {
    /// Int16 activations.
    case activations
    /// Int8 inputs of convolutions.
    case codes
    /// Window numbers of a resolution.
    case windows
    /// Hidden activations of a SPADE layer, a row for each window.
    case hidden
    /// Scale and offset of a SPADE layer, a row for each window.
    case affine
    /// Transformed codes of a convolution in tiles.
    case tiles
    /// The frame's labels, its style, and what the executor remembers.
    case frame

    /// One letter for the drawing.
    var letter: Character {
      switch self {
      case .activations: "A"
      case .codes: "c"
      case .windows: "w"
      case .hidden: "h"
      case .affine: "m"
      case .tiles: "t"
      case .frame: "f"
      }
    }
  }

  let name: String
  let use: Use
  let offset: Int
  let byteCount: Int
  /// Steps in which the content is needed.
  let firstStep: Int
  let lastStep: Int

  static func buffers(of model: Model) -> [BufferReport] {
    var names: [Int: (String, Use)] = [:]
    for index in 0..<model.levelCount {
      let level = model.level(LevelIndex(index))
      names[Int(level.buffer)] = ("windows \(level.width)x\(level.height)", .windows)
    }
    for index in 0..<model.normCount {
      let norm = model.norm(NormIndex(index))
      guard let windows = norm.windowAffine else { continue }
      let name = model.text(NameIndex(rawValue: norm.name))
      names[Int(windows.hiddenBuffer)] = ("\(name).hidden", .hidden)
      names[Int(windows.affineBuffer)] = ("\(name).affine", .affine)
    }
    for index in 0..<model.stepCount {
      let convolution = model.step(StepIndex(index)).operation.convolution
      if let workspace = convolution?.workspace { names[Int(workspace)] = ("workspace", .tiles) }
    }
    names[Int(model.configuration.symbolBuffer)] = ("labels", .frame)
    names[Int(model.configuration.stateBuffer)] = ("state", .frame)
    return (0..<model.bufferCount).map { index in
      let record = model.buffer(BufferIndex(index))
      let isWide = record.kind == BufferKind.wide.rawValue
      let (name, use) =
        record.kind == BufferKind.raw.rawValue
        ? names[index] ?? ("style", .frame)
        : (model.text(NameIndex(rawValue: record.name)), isWide ? .activations : .codes)
      return BufferReport(
        name: name, use: use, offset: Int(record.offset), byteCount: Int(record.byteCount),
        firstStep: Int(record.firstStep), lastStep: Int(record.lastStep))
    }
  }
}
