extension Optional {
  /// Calls `body` with the value if there is one.
  ///
  /// Steps use it in place of `if let` for a field of a large struct: from that, Swift 6.0 makes a copy by the type's metadata, for
  /// which Swift's runtime allocates when it is first asked.
  @inline(__always)
  func ifPresent(_ body: (Wrapped) -> Void) {
    // Safe: it is not nil.
    if self != nil { body(unsafelyUnwrapped) }
  }
}
