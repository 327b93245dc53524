import SpadeImage
import SpadeInput
import SpadeModel
import SpadeTools

/// What a request to paint asks for: a map, a style, and how the picture comes back.
struct PaintRequest {
  let map: LabelMap
  let style: [Float]
  let wantsPNG: Bool
  /// Whether the studio keeps the picture.
  let isKept: Bool
  /// The part of the picture that comes back, and that is kept.
  let area: PixelArea
  /// What was decided of the drawing's shape though nobody asked for it, as a sentence.
  let note: String?

  /// Bytes of a drawing at most.
  static let drawingByteLimit = 1 << 20

  /// - Parameters:
  ///   - type: Of the body, as Content-Type has it.
  ///   - accept: The type that the picture may have; any where nobody said.
  ///   - body: A drawing, or ids.
  ///   - reading: How drawings become ids.
  ///   - styles: Those beside the model.
  init(
    _ query: Query, type: String, accept: String?, body: UnsafeBufferPointer<UInt8>, _ reading: LabelReading,
    _ input: NetworkInput, styles: [Shipped.Style]
  ) throws(Refusal) {
    try Self.checkNames(query)
    if type.hasPrefix("image/png") || type.hasPrefix("image/jpeg") {
      guard body.count <= Self.drawingByteLimit else {
        throw Refusal(
          413, "The drawing has more than \(Self.drawingByteLimit.grouped) bytes; send a smaller one.")
      }
      let content: PixelArea
      (map, content, note) = try Self.map(drawing: [UInt8](body), reading, input, fit: query["fit"])
      area = try Self.area(query, content: content, input)
    } else if type.hasPrefix("application/octet-stream") {
      for name in ["fit", "crop_back"] where query[name] != nil {
        throw Refusal(400, "\(name) is for drawings, and ids are sent at the network's size; leave it out.")
      }
      map = try Self.map(ids: body, input)
      area = try Self.area(query, content: nil, input)
      note = nil
    } else {
      throw Refusal(
        type: type, "image/png or image/jpeg for a drawing, or application/octet-stream for ids of 16 bits")
    }
    style = try Self.style(query, count: input.styleCount, styles)
    guard ["0", "1"].contains(query["keep"] ?? "0") else {
      throw Refusal(400, "keep is 1 for a picture that the studio is to keep, else 0.")
    }
    isKept = query["keep"] == "1"
    wantsPNG = !(accept ?? "image/png").hasPrefix("application/octet-stream")
  }

  private static let names = [
    "seed", "style", "blend", "blend_seed", "weight", "fit", "crop_back", "area", "page", "keep", "token",
  ]

  static func checkNames(_ query: Query) throws(Refusal) {
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
    drawing: [UInt8], _ reading: LabelReading, _ input: NetworkInput, fit: String?
  ) throws(Refusal) -> (LabelMap, content: PixelArea, note: String?) {
    guard !input.hasEdges else {
      throw Refusal(
        400, "This network reads borders between objects, which a drawing does not have; send ids.")
    }
    var reading = reading
    if let fit {
      reading.fit = Fit(rawValue: fit)
      guard reading.fit != nil else { throw Refusal(400, "fit is stretch, crop or pad.") }
    }
    do throws(Failure) {
      let (map, content, squeezed) = try reading.map(drawing: drawing, name: "The drawing")
      return (
        map, content,
        squeezed.map {
          "The drawing is \($0.width) by \($0.height) pixels and is squeezed to \(input.width) by \(input.height); "
            + "fit=crop, or fit=pad and crop_back=1, keeps its shape."
        }
      )
    } catch {
      throw Refusal(400, error.sentence)
    }
  }
}
