import SpadeImage

extension Fit {
  /// What is wrong with `--crop-back` beside how maps are fitted, in a sentence.
  package static func fault(cropsBack: Bool, _ fit: Fit?) -> String? {
    guard cropsBack, fit != .pad else { return nil }
    guard let fit else { return "--crop-back cuts off what --fit pad adds; give that too." }
    return
      "--crop-back cuts off what --fit pad adds, and --fit \(fit.rawValue) adds nothing; give --fit pad, or leave --crop-back out."
  }
}
