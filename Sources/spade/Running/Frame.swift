import Foundation
import SpadeModel
import SpadeQuantize
import SpadeRuntime

/// A picture and how it was made.
struct Frame {
  /// RGB8, interleaved.
  let picture: [UInt8]
  /// Monotonic times: before the input was taken, after that, and after the last step.
  let start: UInt64
  let begun: UInt64
  let end: UInt64
  let arenaByteCount: Int

  /// From the label ids to the picture.
  var seconds: Double { Double(end - start) / 1e9 }
}

/// Nanoseconds of a clock that never goes back.
func monotonicTime() -> UInt64 { DispatchTime.now().uptimeNanoseconds }

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
    let start = monotonicTime()
    var begun = start
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
            begun = monotonicTime()
            for step in 0..<model.stepCount {
              execute(step)
              observe?(self, step)
            }
          }
        }
      }
    }
    let end = monotonicTime()
    if let failure { throw failure }
    return Frame(
      picture: picture, start: start, begun: begun, end: end,
      arenaByteCount: Runtime.arenaByteCount(model: model, threadCount: threadCount))
  }
}
