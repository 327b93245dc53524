@testable import SpadeImage
@testable import SpadeStudio
@testable import SpadeTools

/// Reads a request to paint: what is asked for in its address, then a map.
///
/// Input: a byte that picks the network and the kind of map, the address's query, a line's end, and the map. Of a map of ids that
/// is too short, zeros are the rest, so that fuzzing gets beyond its length.
func fuzzRequest(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  var input = Input(data, count)
  let choice = Int(input.next(UInt8.self))
  let network = networks[choice % networks.count]
  let isDrawing = choice & 0x80 != 0
  let parts = input.rest.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
  let query = Query(String(decoding: parts[0], as: UTF8.self))
  var body = parts.count > 1 ? Array(parts[1]) : []
  if !isDrawing {
    let missing = network.input.width * network.input.height * (network.input.hasEdges ? 4 : 2) - body.count
    if missing > 0 { body += [UInt8](repeating: 0, count: missing) }
  } else if let header = try? PNGHeader(body), header.width * header.height > 1 << 16 {
    return 0
  }
  body.withUnsafeBufferPointer { body in
    guard
      let request = try? PaintRequest(
        query, type: isDrawing ? "image/png" : "application/octet-stream", accept: query["token"], body: body,
        network.reading, network.input, styles: [])
    else { return }
    require(request.map.ids.count == network.input.width * network.input.height, "a map of another size")
    require(
      request.map.ids.allSatisfy { $0 < network.input.labelCount }, "an id that the network does not have")
    require((request.map.edges != nil) == network.input.hasEdges, "borders")
    require(
      request.style.count == network.input.styleCount && request.style.allSatisfy(\.isFinite), "a style")
  }
  return 0
}

/// Who asks: Host, and addresses.
func fuzzHost(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let text = String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
  let host = Doorkeeper.withoutPort(text)
  require(!(Doorkeeper.isIPv4(host) && Doorkeeper.isIPv6(host)), "an address of two kinds")
  if let bytes = Base64URL.decode(text) {
    require(Base64URL.decode(Base64URL.encode(bytes)) == bytes, "bytes that are not read again")
  }
  return 0
}

private struct Network {
  let input: NetworkInput
  let reading: LabelReading

  init(hasEdges: Bool, styleCount: Int) {
    input = NetworkInput(
      width: 8, height: 4, labelCount: 4, unknownLabel: 3, hasEdges: hasEdges, styleCount: styleCount)
    let colors = [Color(red: 255, green: 0, blue: 0), Color(red: 0, green: 0, blue: 255)]
    guard
      let reading = try? LabelReading(
        for: input, classes: colors.map { NetworkClass(name: "a class", color: $0) })
    else { fatalError("a network without ids") }
    self.reading = reading
  }
}

private let networks = [
  Network(hasEdges: false, styleCount: 2), Network(hasEdges: true, styleCount: 0),
  Network(hasEdges: false, styleCount: 0),
]
