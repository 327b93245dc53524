import SpadeQuantize
import SpadeTools

extension CheckpointFolderError {
  /// One plain sentence. The path is the caller's.
  var sentence: String {
    switch self {
    case .notFound: "There is no such file or folder."
    case .unreadable(let folder, let error): "The folder \(folder) \(error.sentence)."
    case .noGenerator:
      "The folder holds no generator (latest_net_G.pth, latest_net_G.safetensors, one *_net_G.* file, or OASIS's best_EMA.pth or latest_G.pth)."
    case .severalNetworks(let names):
      "The folder holds several networks (\(names.joined(separator: ", "))): name one of them."
    }
  }
}
