import CSpadeSystem
import SpadeInput
import SpadeModel
import SpadeRuntime

/// A picture and how it was made.
package struct Frame {
  /// RGB8, interleaved.
  package let picture: [UInt8]
  /// Monotonic times: before the input was taken, after that, and after the last step.
  package let start: UInt64
  package let begun: UInt64
  package let end: UInt64
  /// What the observer of its steps took, in nanoseconds.
  package let observed: UInt64
  package let arenaByteCount: Int

  /// From the label ids to the picture, without the observer.
  package var seconds: Double { Double(end - start - observed) / 1e9 }

  package var checksum: UInt64 { picture.withUnsafeBytes { Checksum.of($0) } }
}

/// Nanoseconds of a clock that never goes back.
package func monotonicTime() -> UInt64 { spade_clock() }

/// Sets a runtime up in an arena of its own, lets `body` use it, and takes it down again.
/// - Parameter path: The model's, for messages.
package func withRuntime<Result>(
  _ model: Model, path: String, kernels: KernelSet, threadCount: Int,
  _ body: (inout Runtime) throws(Failure) -> Result
) throws(Failure) -> Result {
  let arena = try AlignedMemory(byteCount: Runtime.arenaByteCount(model: model, threadCount: threadCount))
  // Safe: the runtime ends inside `run`, the arena after it.
  func run() throws(Failure) -> Result {
    var runtime: Runtime
    do {
      runtime = try Runtime(model: model, arena: arena.bytes, kernels: kernels, threadCount: threadCount)
    } catch {
      throw Failure(path, error)
    }
    return try body(&runtime)
  }
  defer { withExtendedLifetime(arena) {} }
  return try run()
}

extension Runtime {
  /// Runs a frame. `observe` is called after each step with its index.
  /// - Parameter path: The model's, for messages.
  package mutating func frame(
    _ map: LabelMap, style: [Float], path: String, observe: ((borrowing Runtime, Int) -> Void)? = nil
  ) throws(Failure) -> Frame {
    var picture = [UInt8](repeating: 0, count: model.pictureByteCount)
    var failure: InputError?
    let start = monotonicTime()
    var begun = start
    var observed: UInt64 = 0
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
              guard let observe else { continue }
              let done = monotonicTime()
              observe(self, step)
              observed += monotonicTime() - done
            }
          }
        }
      }
    }
    let end = monotonicTime()
    if let failure { throw Failure(path, failure) }
    return Frame(
      picture: picture, start: start, begun: begun, end: end, observed: observed,
      arenaByteCount: Runtime.arenaByteCount(model: model, threadCount: threadCount))
  }
}
