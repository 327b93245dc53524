import SpadeImage
import SpadeInput
import SpadeModel
import SpadeRuntime

/// A runtime that stands for many frames, with its arena. Its methods are for one thread at a time.
package final class Painter {
  package let file: ModelFile
  package let kernels: KernelSet
  package let threadCount: Int
  package let arenaByteCount: Int
  // The runtime stands before the arena because properties end in their order, and its threads live in the arena.
  private var runtime: Runtime
  private let arena: AlignedMemory

  package init(_ file: ModelFile, kernels: KernelSet, threadCount: Int) throws(Failure) {
    self.file = file
    self.kernels = kernels
    self.threadCount = threadCount
    arenaByteCount = Runtime.arenaByteCount(model: file.model, threadCount: threadCount)
    arena = try AlignedMemory(byteCount: arenaByteCount)
    do throws(InputError) {
      runtime = try Runtime(model: file.model, arena: arena.bytes, kernels: kernels, threadCount: threadCount)
    } catch {
      throw Failure(file.path, error)
    }
  }

  package func paint(_ map: LabelMap, style: [Float]) throws(Failure) -> Frame {
    try runtime.frame(map, style: style, path: file.path)
  }

  /// The style of a photo of any size.
  package func style(of photo: Picture) throws(Failure) -> [Float] {
    let side = EncoderLayout.photoSide
    return try runtime.style(ofPhoto: photo.resizedToBytes(width: side, height: side), path: file.path)
  }
}
