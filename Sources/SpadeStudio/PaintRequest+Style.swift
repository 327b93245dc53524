import SpadeFiles
import SpadeInput
import SpadeTools

// The style that a request asks for: drawn from a seed, a saved one, or a mixture of two.

extension PaintRequest {
  /// - Parameters:
  ///   - count: Values of a style of the network; 0 for one without style.
  ///   - names: Of the styles beside the model, for messages.
  static func style(_ query: Query, count: Int, _ names: [String]) throws(Refusal) -> [Float] {
    guard count > 0 else {
      guard ["seed", "style", "blend", "blend_seed"].allSatisfy({ query[$0] == nil }) else {
        throw Refusal(400, "This network has no style; leave it out.")
      }
      return []
    }
    let first =
      try one(query, seed: "seed", saved: "style", count: count, names)
      ?? NormalGenerator.style(seed: 0, count: count)
    guard let second = try one(query, seed: "blend_seed", saved: "blend", count: count, names) else {
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
  static func savedStyle(_ query: Query, count: Int, _ names: [String]) throws(Refusal) -> SavedStyle {
    try checkNames(query)
    guard count > 0 else { throw Refusal(400, "This network has no style to save.") }
    return SavedStyle(try style(query, count: count, names))
  }

  private static func one(
    _ query: Query, seed: String, saved: String, count: Int, _ names: [String]
  ) throws(Refusal) -> [Float]? {
    if let text = query[seed] {
      guard query[saved] == nil else { throw Refusal(400, "Give \(seed) or \(saved), not both.") }
      guard let number = UInt64(text) else {
        throw Refusal(400, "\(seed) is a whole number from 0 to \(UInt64.max).")
      }
      return NormalGenerator.style(seed: number, count: count)
    }
    guard let text = query[saved] else { return nil }
    guard let bytes = Base64URL.decode(text), SavedStyle.isMarked(bytes) else {
      throw Refusal(400, sentence(for: text, saved: saved, names))
    }
    let values: [Float]
    do throws(Failure) { values = try SavedStyle(bytes: bytes, path: saved).values } catch {
      throw Refusal(400, error.sentence)
    }
    guard values.count == count else {
      throw Refusal(400, "\(saved) is a style of \(values.count) values and this network reads \(count).")
    }
    return values
  }

  /// What a parameter takes that holds no saved style, and where those are.
  private static func sentence(for text: String, saved: String, _ names: [String]) -> String {
    let list = names.isEmpty ? "has none beside this model" : "lists \(names.listed)"
    let advice =
      names.isEmpty
      ? "seed draws one"
      : "send the value that stands there beside \(names.contains(Path.stem(of: text)) ? "that" : "a") name"
    return
      "\(saved) takes the content of a saved style in base64url, and \"\(text.prefix(40))\" is none; GET /api/v1/styles \(list): \(advice)."
  }
}
