import Foundation
import SpadeModel
import SpadeQuantize
import SpadeRuntime

/// A picture and how it was made.
struct Frame {
  /// RGB8, interleaved.
  let picture: [UInt8]
  /// From the label ids to the picture.
  let seconds: Double
  let arenaByteCount: Int
}

/// Sets a runtime up in an arena of its own, lets `body` use it, and takes it down again.
func withRuntime<Result>(
  _ model: Model, kernels: KernelSet, threadCount: Int, _ body: (inout Runtime) throws -> Result
) throws -> Result {
  let arena = try AlignedMemory(byteCount: Runtime.arenaByteCount(model: model, threadCount: threadCount))
  // Safe: the runtime ends inside `run`, the arena after it.
  func run() throws -> Result {
    var runtime = try Runtime(model: model, arena: arena.bytes, kernels: kernels, threadCount: threadCount)
    return try body(&runtime)
  }
  defer { withExtendedLifetime(arena) {} }
  return try run()
}

extension Runtime {
  /// Runs a frame. `observe` is called after each step with its index.
  mutating func frame(
    _ map: LabelMap, style: [Float], observe: ((borrowing Runtime, Int) -> Void)? = nil
  ) throws(InputError) -> Frame {
    var picture = [UInt8](repeating: 0, count: model.pictureByteCount)
    var failure: InputError?
    let start = DispatchTime.now().uptimeNanoseconds
    picture.withUnsafeMutableBufferPointer { picture in
      map.ids.withUnsafeBufferPointer { ids in
        style.withUnsafeBufferPointer { style in
          (map.edges ?? []).withUnsafeBufferPointer { edges in
            do throws(InputError) {
              try begin(labels: ids, edges: map.edges == nil ? nil : edges, style: style, picture: picture)
            } catch {
              failure = error
              return
            }
            for step in 0..<model.stepCount {
              execute(step)
              observe?(self, step)
            }
          }
        }
      }
    }
    let end = DispatchTime.now().uptimeNanoseconds
    if let failure { throw failure }
    return Frame(
      picture: picture, seconds: Double(end - start) / 1e9,
      arenaByteCount: Runtime.arenaByteCount(model: model, threadCount: threadCount))
  }
}
