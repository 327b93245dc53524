#if hasFeature(Embedded)
  /// A report. Embedded Swift has no encoders, so there it is text only.
  package protocol Reportable {}
#else
  /// A report, as text and as JSON.
  package typealias Reportable = Encodable
#endif
