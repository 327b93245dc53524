import Foundation
import SpadeImage
import SpadeTestSupport

/// A folder with three tiny checkpoints and their model files, made by the command itself once a test run.
///
/// ```
/// plain/   4 classes and unknown, 32×32             plain.spade
/// least/   2 classes, 1×1 kernels, 32×32            least.spade, quicker to make than the others
/// style/   5 classes, edges, style of 8, 64×32      style.spade, with the names and colours of `classes`
/// ```
enum Workshop {
  static let folder: Result<String, any Error> = Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("spade-command-tests-\(ProcessInfo.processInfo.processIdentifier)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    atexit { Workshop.remove() }
    try make(folder, "plain", "--ngf", "2", "--classes", "4", "--dontcare", "--size", "32x32")
    try make(folder, "least", "--ngf", "1", "--classes", "2", "--kernel-size", "1", "--size", "32x32")
    try save(Array(classes.map { "\($0.name) \($0.color)\n" }.joined().utf8), folder + "/classes.txt")
    try make(
      folder, "style", "--ngf", "2", "--classes", "5", "--edges", "--size", "64x32", "--style-size", "8",
      labels: folder + "/classes.txt")
    return folder
  }

  /// The path of one of its files.
  static func path(_ name: String) throws -> String { try folder.get() + "/" + name }

  /// Writes a photo that is neither square nor of the size that encoders read.
  static func writePhoto(_ path: String) throws {
    let bytes = (0..<40 * 30 * 3).map { UInt8(truncatingIfNeeded: $0 * 7) }
    try Picture(width: 40, height: 30, bytes: bytes).write(png: path)
  }

  /// The classes of style.spade: fence has no colour.
  static let classes: [(name: String, color: String)] = [
    ("sky", "#87ceeb"), ("still water", "#2060c0"), ("grass", "60 160 40"), ("fence", ""),
    ("rock", "#808080"),
  ]

  private static func make(
    _ folder: String, _ name: String, _ options: String..., labels: String? = nil
  ) throws {
    let checkpoint = "\(folder)/\(name)"
    try check(Command(["random-checkpoint", checkpoint, "--maps", "2"] + options))
    let list = labels.map { ["--labels", $0] } ?? []
    try check(
      Command(["quantize", checkpoint, "--calibration", checkpoint, "-o", "\(checkpoint).spade"] + list))
  }

  private static func check(_ command: Command) throws {
    guard command.status == 0 else { throw Refused(errors: command.errors) }
  }

  private static func remove() {
    if case .success(let folder) = folder { try? FileManager.default.removeItem(atPath: folder) }
  }

  struct Refused: Error {
    let errors: String
  }
}

/// The object that `--json` printed.
func object(_ command: Command) throws -> [String: Any] {
  try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any] ?? [:]
}
