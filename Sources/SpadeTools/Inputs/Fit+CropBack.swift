import SpadeImage

extension Fit {
  /// What is wrong with `--crop-back` beside how maps are fitted, in a sentence.
  package static func fault(cropsBack: Bool, _ fit: Fit?) -> String? {
    cropsBack && fit != .pad ? "--crop-back cuts off what --fit pad adds; give that too." : nil
  }
}
