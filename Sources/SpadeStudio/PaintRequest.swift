import SpadeImage
import SpadeInput
import SpadeModel
import SpadeTools

/// What a request to paint asks for: a map, a style, and how the picture comes back.
struct PaintRequest {
  let map: LabelMap
  let style: [Float]
  let wantsPNG: Bool

  /// Bytes of a drawing at most.
  static let drawingByteLimit = 1 << 20

  /// - Parameters:
  ///   - type: Of the body, as Content-Type has it.
  ///   - accept: The type that the picture may have; any where nobody said.
  ///   - body: A drawing, or ids.
  ///   - reading: How drawings become ids.
  init(
    _ query: Query, type: String, accept: String?, body: UnsafeBufferPointer<UInt8>, _ reading: LabelReading,
    _ input: NetworkInput
  ) throws(Refusal) {
    try Self.checkNames(query)
    if type.hasPrefix("image/png") {
      guard body.count <= Self.drawingByteLimit else {
        throw Refusal(
          413, "The drawing has more than \(Self.drawingByteLimit.grouped) bytes; send a smaller one.")
      }
      map = try Self.map(drawing: [UInt8](body), reading, input)
    } else if type.hasPrefix("application/octet-stream") {
      map = try Self.map(ids: body, input)
    } else {
      throw Refusal(415, "Send a map as application/octet-stream or a drawing as image/png.")
    }
    style = try Self.style(query, count: input.styleCount)
    wantsPNG = !(accept ?? "image/png").hasPrefix("application/octet-stream")
  }

  private static let names = ["seed", "style", "blend", "blend_seed", "weight", "page", "token"]

  private static func checkNames(_ query: Query) throws(Refusal) {
    for (name, _) in query.pairs where !names.contains(name) {
      throw Refusal(
        400, "\(name.prefix(40)) is not known here; \(names.dropLast().joined(separator: ", ")) are.")
    }
  }

  // MARK: Maps

  /// Ids of 16 bits, low byte first, and behind them as many ids of objects for a network that reads borders.
  private static func map(ids body: UnsafeBufferPointer<UInt8>, _ input: NetworkInput) throws(Refusal)
    -> LabelMap
  {
    let area = input.width * input.height
    let expected = area * (input.hasEdges ? 4 : 2)
    guard body.count == expected else {
      throw Refusal(
        400,
        "A map for this network has \(expected.grouped) bytes and this one has \(body.count.grouped); send ids of "
          + "16 bits, \(input.width) by \(input.height)\(input.hasEdges ? ", and then as many ids of objects" : "")."
      )
    }
    func values(_ first: Int) -> [UInt16] {
      (0..<area).map { index in
        let at = 2 * (first + index)
        let low = UInt16(body[at])
        let high = UInt16(body[at + 1])
        return high << 8 | low
      }
    }
    let ids = values(0)
    if let wrong = ids.firstIndex(where: { Int($0) >= input.labelCount }) {
      throw Refusal(
        400,
        "The map holds id \(ids[wrong]) at x \(wrong % input.width), y \(wrong / input.width), and this network has "
          + "the ids 0 to \(input.labelCount - 1).")
    }
    guard input.hasEdges else {
      return LabelMap(width: input.width, height: input.height, ids: ids, edges: nil)
    }
    do throws(ImageError) {
      let objects = try IndexImage(width: input.width, height: input.height, values: values(area))
      return LabelMap(
        width: input.width, height: input.height, ids: ids, edges: SpadeImage.edges(of: objects))
    } catch {
      throw Refusal(400, "The objects of the map cannot be read.")
    }
  }

  private static func map(
    drawing: [UInt8], _ reading: LabelReading, _ input: NetworkInput
  ) throws(Refusal) -> LabelMap {
    guard !input.hasEdges else {
      throw Refusal(
        400, "This network reads borders between objects, which a drawing does not have; send ids.")
    }
    do throws(Failure) { return try reading.map(drawing: drawing, name: "The drawing") } catch {
      throw Refusal(400, error.sentence)
    }
  }

  // MARK: Styles

  private static func style(_ query: Query, count: Int) throws(Refusal) -> [Float] {
    guard count > 0 else {
      guard ["seed", "style", "blend", "blend_seed"].allSatisfy({ query[$0] == nil }) else {
        throw Refusal(400, "This network has no style; leave it out.")
      }
      return []
    }
    let first =
      try one(query, seed: "seed", saved: "style", count: count)
      ?? NormalGenerator.style(seed: 0, count: count)
    guard let second = try one(query, seed: "blend_seed", saved: "blend", count: count) else { return first }
    guard let weight = StyleBlend.decimal(query["weight"].map { $0[...] } ?? "0.5"), (0...1).contains(weight)
    else {
      throw Refusal(400, "weight is the second style's share, from 0 to 1.")
    }
    return first.indices.map { index in
      let (a, b) = (Double(first[index]), Double(second[index]))
      return Float((1 - weight) * a + weight * b)
    }
  }

  private static func one(_ query: Query, seed: String, saved: String, count: Int) throws(Refusal) -> [Float]?
  {
    if let text = query[seed] {
      guard query[saved] == nil else { throw Refusal(400, "Give \(seed) or \(saved), not both.") }
      guard let number = UInt64(text) else {
        throw Refusal(400, "\(seed) is a whole number from 0 to \(UInt64.max).")
      }
      return NormalGenerator.style(seed: number, count: count)
    }
    guard let text = query[saved] else { return nil }
    guard let bytes = Base64URL.decode(text) else {
      throw Refusal(400, "\(saved) is a saved style in base64url.")
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
}
