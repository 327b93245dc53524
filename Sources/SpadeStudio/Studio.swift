import CSpadeHTTP
import SpadeImage
import SpadeInput
import SpadeModel
import SpadeRuntime
import SpadeTools

/// A page on which people paint label maps, and the API behind it; `openapi.yaml` describes that.
///
/// Two threads: one talks to clients and answers what is at hand, the other paints. What both read does not change while they run.
final class Studio {
  let painter: Painter
  let shipped: Shipped
  /// Of drawings that are sent.
  let reading: LabelReading
  let input: NetworkInput
  let classes: [NetworkClass]
  let doorkeeper: Doorkeeper
  /// Where pictures are kept, if they are.
  let kept: KeptPictures?
  let page = PageFiles()
  let start = monotonicTime()
  /// Written by the painting thread, read by the other.
  let frames = FrameCounter()

  init(_ painter: Painter, doorkeeper: Doorkeeper, kept: KeptPictures?) throws(Failure) {
    self.painter = painter
    self.kept = kept
    self.doorkeeper = doorkeeper
    input = NetworkInput(painter.file.model)
    classes = try painter.file.classes()
    var reading = try LabelReading(for: input, classes: classes)
    shipped = Shipped(beside: painter, reading)
    reading.advice =
      "draw in the colours that GET /api/v1/model lists, or send ids as application/octet-stream"
      + (painter.file.model.encoder == nil ? "." : "; POST /api/v1/styles makes styles of photos.")
    self.reading = reading
  }

  /// Answers requests at a listening socket until a signal ends the program.
  func serve(_ socket: Int32) throws(Failure) {
    var studio = self
    let status = withUnsafeMutablePointer(to: &studio) { context in
      var handlers = spade_http_handlers(
        context: context,
        receive: { context, exchange in
          guard let context, let exchange else { return false }
          // Safe: `studio` outlives the call that serves.
          return context.assumingMemoryBound(to: Studio.self).pointee.receive(Exchange(pointer: exchange))
        },
        work: { context, exchange in
          guard let context, let exchange else { return }
          context.assumingMemoryBound(to: Studio.self).pointee.work(Exchange(pointer: exchange))
        })
      return spade_http_serve(socket, &handlers)
    }
    guard status == 0 else {
      throw Failure("There is no memory or thread for the server; close other programs.")
    }
  }

  /// On the serving thread.
  /// - Returns: whether the request has been answered; otherwise `work` does.
  private func receive(_ exchange: Exchange) -> Bool {
    do throws(Refusal) {
      try doorkeeper.check(exchange)
      return try exchange.isPost ? post(exchange) : get(exchange)
    } catch {
      exchange.refuse(error)
      return true
    }
  }

  private func get(_ exchange: Exchange) throws(Refusal) -> Bool {
    if page.answer(exchange) { return true }
    let path = exchange.path
    switch path {
    case "/api/v1/model": exchange.answer(json: modelFacts.text)
    case "/api/v1/layouts": exchange.answer(json: layoutList.text)
    case "/api/v1/styles": exchange.answer(json: styleList.text)
    case "/api/v1/style":
      let style = try PaintRequest.savedStyle(
        exchange.query, count: input.styleCount, shipped.styles)
      exchange.setHeader("Cache-Control", "no-store")
      exchange.answer(200, "application/octet-stream", style.bytes)
    case "/api/v1/status": exchange.answer(json: state.text)
    case "/healthz": exchange.answer(200, "text/plain; charset=utf-8", [UInt8]("ok\n".utf8))
    case "/metrics": exchange.answer(200, "text/plain; version=0.0.4; charset=utf-8", [UInt8](metrics.utf8))
    case "/api/v1/paint": throw Refusal(405, "Send a map to /api/v1/paint with POST.")
    default:
      guard let layout = shipped.layouts.first(where: { path == Self.address(of: $0) }) else {
        throw Refusal(404, "There is nothing at this address.")
      }
      exchange.answer(200, layout.isJPEG ? "image/jpeg" : "image/png", layout.bytes)
    }
    return true
  }

  /// Whether the request waits for the painting thread is decided here, its content is read there.
  private func post(_ exchange: Exchange) throws(Refusal) -> Bool {
    switch exchange.path {
    case "/api/v1/paint":
      if let text = exchange.query["page"] {
        guard let number = UInt64(text) else {
          throw Refusal(400, "page is a whole number that a page chooses for itself.")
        }
        exchange.setPage(number)
      }
      return false
    case "/api/v1/styles":
      guard painter.file.model.encoder != nil else {
        throw Refusal(400, "This network takes no style from photos; choose a seed or a saved style.")
      }
      return false
    default: throw Refusal(404, "There is nothing to send to this address.")
    }
  }

  /// On the painting thread.
  private func work(_ exchange: Exchange) {
    do throws(Refusal) {
      if exchange.path == "/api/v1/paint" { try paint(exchange) } else { try encode(exchange) }
    } catch {
      exchange.refuse(error)
    }
  }

  private func paint(_ exchange: Exchange) throws(Refusal) {
    let request = try PaintRequest(
      exchange.query, type: exchange.header("Content-Type") ?? "", accept: exchange.header("Accept"),
      body: exchange.body, reading, input, styles: shipped.styles)
    guard !request.isKept || (kept != nil && request.wantsPNG) else {
      throw Refusal(400, "Only a studio that was started with --keep keeps pictures, and only PNG.")
    }
    let frame: Frame
    let body: [UInt8]
    do throws(Failure) { frame = try painter.paint(request.map, style: request.style) } catch {
      throw Refusal(500, error.sentence)
    }
    frames.add(seconds: frame.seconds)
    let encodingStart = monotonicTime()
    do throws(ImageError) {
      let picture = try Picture(width: input.width, height: input.height, bytes: frame.picture)
        .cropped(to: request.area)
      body = request.wantsPNG ? try picture.pngBytes() : picture.bytes
    } catch {
      throw Refusal(503, "There is no memory for the picture's file; try again.")
    }
    if request.isKept {
      do throws(Failure) { try kept?.keep(body) } catch {
        Standard.error("note: \(error.sentence)")
        throw Refusal(
          503, "The studio cannot keep the picture now; save it, and tell whoever runs the studio.")
      }
    }
    let encoding = Double(monotonicTime() - encodingStart) / 1e6
    exchange.setHeader("Cache-Control", "no-store")
    exchange.setHeader("X-Picture-Checksum", frame.checksum.hexadecimal)
    exchange.setHeader("X-Picture-Size", "\(request.area.width)x\(request.area.height)")
    if let note = request.note { exchange.setHeader("X-Drawing-Note", note) }
    let waiting = Double(exchange.wait) / 1e6
    let painting = frame.seconds * 1e3
    exchange.setHeader(
      "Server-Timing",
      "queue;dur=\(waiting.fixed(2)), paint;dur=\(painting.fixed(2)), encode;dur=\(encoding.fixed(2))")
    exchange.answer(200, request.wantsPNG ? "image/png" : "application/octet-stream", body)
  }

  private func encode(_ exchange: Exchange) throws(Refusal) {
    let type = exchange.header("Content-Type") ?? ""
    guard type.hasPrefix("image/png") || type.hasPrefix("image/jpeg") else {
      throw Refusal(type: type, "image/png or image/jpeg for a photo")
    }
    do throws(Failure) {
      let photo = try Picture(photo: [UInt8](exchange.body), name: "The photo")
      let style = SavedStyle(try painter.style(of: photo))
      exchange.setHeader("Cache-Control", "no-store")
      exchange.answer(200, "application/octet-stream", style.bytes)
    } catch {
      throw Refusal(400, error.sentence)
    }
  }
}
