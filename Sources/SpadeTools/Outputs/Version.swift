/// The project's version, for both programs.
package enum Version {
  package static let text = "0.1.0"
}
