import SpadeModel

extension InputError {
  /// The rest of a sentence that begins with the model file's name and a space, without its full stop.
  package var sentence: String {
    switch self {
    case .threadsRefused: "needs threads that the system refuses to start; give a smaller --threads"
    case .threadCount(let count): "cannot run with \(count) threads; give --threads 1 to 64"
    case .styleNotFinite(let index):
      "cannot use a style whose value \(index) is not finite; give another style"
    case .unknownLabel(let id, let x, let y, let labelCount):
      "cannot paint id \(id) at x \(x), y \(y): it has ids 0 to \(labelCount - 1); give another label map"
    case .arenaTooSmall(let required, let given):
      "needs an arena of \(required.grouped) bytes and got \(given.grouped)"
    case .arenaMisaligned: "needs an arena aligned to \(ModelFormat.alignment) bytes"
    case .labelCount(let required, let given), .pictureSize(let required, let given),
      .styleCount(let required, let given), .photoSize(let required, let given):
      "needs \(required.grouped) values and got \(given.grouped)"
    case .encoderMissing:
      "has no style encoder; give --seed, --z or a saved style, or make it again with *_net_E.pth beside the "
        + "generator's file"
    case .edgesMissing: "needs instance borders; give --instances"
    case .edgesUnexpected: "does not read instance borders; leave --instances out"
    }
  }
}
