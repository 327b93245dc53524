import SpadeFiles
import SpadeInput
import SpadeTools

// The style that a request asks for: drawn from a seed, a saved one, or a mixture of two.

extension PaintRequest {
  /// - Parameters:
  ///   - count: Values of a style of the network; 0 for one without style.
  ///   - styles: Those beside the model.
  static func style(_ query: Query, count: Int, _ styles: [Shipped.Style]) throws(Refusal) -> [Float] {
    guard count > 0 else {
      guard ["seed", "style", "blend", "blend_seed"].allSatisfy({ query[$0] == nil }) else {
        throw Refusal(400, "This network has no style; leave it out.")
      }
      return []
    }
    let first =
      try one(query, seed: "seed", saved: "style", count: count, styles)
      ?? NormalGenerator.style(seed: 0, count: count)
    guard let second = try one(query, seed: "blend_seed", saved: "blend", count: count, styles) else {
      return first
    }
    guard let weight = StyleBlend.decimal(query["weight"].map { $0[...] } ?? "0.5"), (0...1).contains(weight)
    else {
      throw Refusal(400, "weight is the second style's share, from 0 to 1.")
    }
    return first.indices.map { index in
      let (a, b) = (Double(first[index]), Double(second[index]))
      return Float((1 - weight) * a + weight * b)
    }
  }

  /// The style that a request to paint with the same query uses, as a file has it.
  static func savedStyle(_ query: Query, count: Int, _ styles: [Shipped.Style]) throws(Refusal) -> SavedStyle
  {
    try checkNames(query)
    guard count > 0 else { throw Refusal(400, "This network has no style to save.") }
    return SavedStyle(try style(query, count: count, styles))
  }

  private static func one(
    _ query: Query, seed: String, saved: String, count: Int, _ styles: [Shipped.Style]
  ) throws(Refusal) -> [Float]? {
    if let text = query[seed] {
      guard query[saved] == nil else { throw Refusal(400, "Give \(seed) or \(saved), not both.") }
      guard let number = UInt64(text) else {
        throw Refusal(400, "\(seed) is a whole number from 0 to \(UInt64.max).")
      }
      return NormalGenerator.style(seed: number, count: count)
    }
    guard let text = query[saved] else { return nil }
    let bytes = try content(of: text, saved, styles)
    let values: [Float]
    do throws(Failure) { values = try SavedStyle(bytes: bytes, path: saved).values } catch {
      throw Refusal(400, error.sentence)
    }
    guard values.count == count else {
      throw Refusal(400, "\(saved) is a style of \(values.count) values and this network reads \(count).")
    }
    return values
  }

  /// Of the style that has a name, whatever its case, or else of the one that the text itself is.
  private static func content(of text: String, _ saved: String, _ styles: [Shipped.Style]) throws(Refusal)
    -> [UInt8]
  {
    let lower = text.lowercased()
    let named = styles.first { $0.name == text } ?? styles.first { $0.name.lowercased() == lower }
    if let named { return named.bytes }
    if let bytes = Base64URL.decode(text), SavedStyle.isMarked(bytes) { return bytes }
    let names = styles.map { $0.name }
    let meant = suggestion(for: text, of: names).map { " (did you mean \($0)?)" } ?? ""
    throw Refusal(
      400,
      "\(saved) is \"\(text.prefix(40))\", no style beside the model\(meant)"
        + (names.isEmpty ? "" : "; those are \(names.listed)") + "; a saved style is sent in base64url.")
  }
}
