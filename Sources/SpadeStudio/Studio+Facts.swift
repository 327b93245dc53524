import CSpadeHTTP
import SpadeFiles
import SpadeImage
import SpadeInput
import SpadeModel
import SpadeTools

// What the server tells about itself.

extension Studio {
  /// Names may hold anything: what an address does not show as it is is written with a percent sign, as browsers ask for it.
  static func address(of layout: Shipped.Layout) -> String {
    var address = "/api/v1/layouts/"
    for byte in FileName.bytes(layout.fileName) {
      let isPlain =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      address += isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
    }
    return address
  }

  /// The model file's name without its ending.
  private var modelName: String {
    let path = painter.file.path
    let name =
      path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) } ?? path
    return name.hasSuffix(".spade") ? String(name.dropLast(6)) : name
  }

  var modelFacts: JSONValue {
    let entries = (0..<input.labelCount).map { id -> JSONValue in
      let entry = id < classes.count ? classes[id] : nil
      let name = entry?.name ?? (id == input.unknownLabel ? "unknown" : "class \(id)")
      return .object([
        ("id", .number(id)), ("name", .text(name)),
        ("color", entry?.color.map { .text($0.hexadecimal) } ?? .null),
      ])
    }
    return .object([
      ("name", .text(modelName)), ("version", .text(Version.text)), ("width", .number(input.width)),
      ("height", .number(input.height)), ("classes", .array(entries)),
      ("unknown_id", input.unknownLabel.map { .number($0) } ?? .null), ("edges", .boolean(input.hasEdges)),
      ("style_length", .number(input.styleCount)), ("encoder", .boolean(painter.file.model.encoder != nil)),
      ("arena_bytes", .number(painter.arenaByteCount)), ("threads", .number(painter.threadCount)),
      ("kernels", .text(painter.kernels.name)), ("keeps_pictures", .boolean(kept != nil)),
    ])
  }

  var layoutList: JSONValue {
    .object([
      (
        "layouts",
        .array(
          shipped.layouts.map { .object([("name", .text($0.name)), ("url", .text(Self.address(of: $0)))]) })
      )
    ])
  }

  var styleList: JSONValue {
    .object([
      (
        "styles",
        .array(
          shipped.styles.map {
            .object([("name", .text($0.name)), ("style", .text(Base64URL.encode($0.bytes)))])
          })
      )
    ])
  }

  var state: JSONValue {
    let counts = spade_http_count()
    return .object([
      ("uptime_seconds", .number(Int((monotonicTime() - start) / 1_000_000_000))),
      ("pictures", .number(frames.count)), ("waiting", .number(Int(counts.waiting))),
      ("connections", .number(Int(counts.connections))),
    ])
  }

  /// In the text format of Prometheus.
  var metrics: String {
    let counts = spade_http_count()
    var lines: [String] = []
    func add(_ name: String, _ type: String, _ value: String, labels: String = "") {
      if labels.isEmpty || !lines.contains("# TYPE \(name) \(type)") {
        lines.append("# TYPE \(name) \(type)")
      }
      lines.append("\(name)\(labels) \(value)")
    }
    add("spade_pictures_total", "counter", "\(frames.count)")
    add("spade_paint_seconds_total", "counter", frames.seconds.fixed(6))
    let answers = [counts.answers.2, counts.answers.3, counts.answers.4, counts.answers.5]
    for (index, count) in answers.enumerated() {
      add("spade_http_answers_total", "counter", "\(count)", labels: "{status=\"\(index + 2)xx\"}")
    }
    add("spade_requests_replaced_total", "counter", "\(counts.replaced)")
    add("spade_queue_overflows_total", "counter", "\(counts.overflows)")
    add("spade_requests_waiting", "gauge", "\(counts.waiting)")
    add("spade_connections", "gauge", "\(counts.connections)")
    add("spade_arena_bytes", "gauge", "\(painter.arenaByteCount)")
    if let resident = ProcessUse.residentByteCount {
      add("process_resident_memory_bytes", "gauge", "\(resident)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
