import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTools

/// A model file in guarded memory, and pictures made with it.
public final class ModelRun {
  private let file: GuardedMemory
  public let model: Model

  public init(_ bytes: [UInt8]) throws(ModelError) {
    file = GuardedMemory(bytes)
    model = try Model(checking: UnsafeRawBufferPointer(file.bytes))
  }

  /// What a frame left behind.
  public struct Frame {
    public var picture: [UInt8]
    /// No byte around the arena, the picture or the file has changed.
    public var isIntact: Bool
    public var checksum: UInt64 { picture.withUnsafeBytes { Checksum.of($0) } }
  }

  /// Calls `body` with a runtime in an arena exactly as large as stated, and memory for a picture.
  /// - Parameter arenaFill: What the arena holds before.
  /// - Returns: What `body` returns, and whether no byte around the arena, the picture and the file has changed.
  public func withRuntime<Result>(
    kernels: KernelSet = .best, threadCount: Int = 1, arenaFill: UInt8 = 0xA5, pictureByteCount: Int? = nil,
    _ body: (inout Runtime, UnsafeMutableBufferPointer<UInt8>) throws -> Result
  ) throws -> (result: Result, isIntact: Bool) {
    let arena = GuardedMemory(
      byteCount: Runtime.arenaByteCount(model: model, threadCount: threadCount), fill: arenaFill)
    let picture = GuardedMemory(byteCount: pictureByteCount ?? model.pictureByteCount, alignment: 1)
    // The runtime points into them until it ends, which the compiler cannot see.
    defer { withExtendedLifetime((self, arena, picture)) {} }
    let result: Result
    do {
      var runtime = try Runtime(model: model, arena: arena.bytes, kernels: kernels, threadCount: threadCount)
      result = try body(&runtime, picture.bytes.bindMemory(to: UInt8.self))
    }
    return (result, arena.isIntact && picture.isIntact && file.isIntact)
  }

  /// One frame in an arena of its own.
  public func frame(
    _ map: LabelMap, style: [Float] = [], kernels: KernelSet = .best, threadCount: Int = 1,
    arenaFill: UInt8 = 0xA5
  ) throws -> Frame {
    let run = try withRuntime(kernels: kernels, threadCount: threadCount, arenaFill: arenaFill) {
      runtime, picture in
      try runtime.begin(map, style: style, picture: picture)
      runtime.run()
      return [UInt8](picture)
    }
    return Frame(picture: run.result, isIntact: run.isIntact)
  }

  /// What the style encoder made of a photo.
  public struct Style {
    public var values: [Float]
    /// No byte around the arena or the file has changed.
    public var isIntact: Bool
    public var checksum: UInt64 { values.withUnsafeBytes { Checksum.of($0) } }
  }

  /// One photo in an arena of its own.
  public func style(
    ofPhoto photo: [UInt8], kernels: KernelSet = .best, threadCount: Int = 1, arenaFill: UInt8 = 0xA5
  ) throws -> Style {
    let run = try withRuntime(kernels: kernels, threadCount: threadCount, arenaFill: arenaFill) {
      runtime, _ in
      try runtime.style(ofPhoto: photo)
    }
    return Style(values: run.result, isIntact: run.isIntact)
  }

  /// The built-in test case.
  public var testCase: (map: LabelMap, style: [Float]) { model.testCase }
}

/// The photo of every model's test case.
public let testPhoto = (0..<EncoderLayout.photoByteCount).map { Model.testPhotoByte($0) }

extension Runtime {
  /// As `encodeStyle`, with arrays.
  public mutating func style(ofPhoto photo: [UInt8], count: Int? = nil) throws -> [Float] {
    var style = [Float](repeating: .nan, count: count ?? model.styleCount)
    try style.withUnsafeMutableBufferPointer { style in
      try photo.withUnsafeBufferPointer { try encodeStyle(photo: $0, into: style) }
    }
    return style
  }

  /// As `begin`, with arrays.
  public mutating func begin(
    _ map: LabelMap, style: [Float], picture: UnsafeMutableBufferPointer<UInt8>
  ) throws {
    try map.ids.withUnsafeBufferPointer { ids in
      try style.withUnsafeBufferPointer { style in
        guard let edges = map.edges else {
          return try begin(labels: ids, edges: nil, style: style, picture: picture)
        }
        try edges.withUnsafeBufferPointer { edges in
          try begin(labels: ids, edges: edges, style: style, picture: picture)
        }
      }
    }
  }
}

/// Every kernel set this CPU runs, scalar first.
public let supportedKernels = (0..<KernelSet.count).compactMap { KernelSet.supported(at: $0) }
