/// The size of pictures, which people ask for and a network has.
package enum FixedSize {
  /// What is to be said of an option for it, in a sentence; `nil` for any other option.
  package static func fault(of option: String) -> String? {
    guard ["--size", "--width", "--height", "--resolution"].contains(option) else { return nil }
    return
      "\(option) is not an option, because the network fixes the size of its pictures; --scale 2 or 4 enlarges them."
  }
}
