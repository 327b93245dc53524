// spade-fuzz TARGET [options and folders of libFuzzer]
import CFuzzer
import Foundation

let targets: [String: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32] = [
  "model": fuzzModel, "checkpoint": fuzzCheckpoint, "png": fuzzPNG, "jpeg": fuzzJPEG, "npy": fuzzNPY,
  "style": fuzzStyle, "relabel": fuzzRelabelling, "options": fuzzOptions, "classes": fuzzClasses,
  "json": fuzzJSON,
  "request": fuzzRequest, "host": fuzzHost,
]

guard CommandLine.arguments.count > 1, let target = targets[CommandLine.arguments[1]] else {
  print("usage: spade-fuzz TARGET [options and folders of libFuzzer]")
  print("targets: \(targets.keys.sorted().joined(separator: " "))")
  exit(1)
}

// libFuzzer starts its jobs by the program's first argument, and takes the others as its own.
var count = CommandLine.argc - 1
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
arguments?.pointee = CommandLine.unsafeArgv.pointee
exit(
  withUnsafeMutablePointer(to: &arguments) {
    LLVMFuzzerRunDriver(
      &count,
      UnsafeMutableRawPointer($0).assumingMemoryBound(
        to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self), target)
  })
