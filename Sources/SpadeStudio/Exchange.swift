import CSpadeHTTP
import SpadeTools

/// A request and its answer, from when the request is whole until the answer is given.
struct Exchange {
  let pointer: OpaquePointer

  var isPost: Bool { spade_http_request_method(pointer) == spade_http_post }
  var isHead: Bool { spade_http_request_method(pointer) == spade_http_head }

  var path: String { String(cString: spade_http_request_path(pointer)) }

  var query: Query { Query(String(cString: spade_http_request_query(pointer))) }

  func header(_ name: String) -> String? {
    name.withCString { name in spade_http_request_header(pointer, name).map { String(cString: $0) } }
  }

  /// Good until the answer is given.
  var body: UnsafeBufferPointer<UInt8> {
    var count = 0
    let start = spade_http_request_body(pointer, &count)
    return UnsafeBufferPointer(start: start, count: count)
  }

  /// Nanoseconds before the worker took the request.
  var wait: UInt64 { spade_http_request_wait(pointer) }

  /// Requests of a page replace each other while they wait; 0 stands for no page.
  func setPage(_ page: UInt64) { spade_http_set_page(pointer, page) }

  func setHeader(_ name: String, _ value: String) {
    name.withCString { name in value.withCString { spade_http_answer_header(pointer, name, $0) } }
  }

  func answer(_ status: Int, _ type: String, _ body: UnsafeBufferPointer<UInt8>) {
    setHeader("Content-Type", type)
    for (name, value) in Self.safety { setHeader(name, value) }
    spade_http_answer(pointer, Int32(status), isHead ? nil : body.baseAddress, isHead ? 0 : body.count)
  }

  func answer(_ status: Int = 200, _ type: String, _ body: [UInt8]) {
    body.withUnsafeBufferPointer { answer(status, type, $0) }
  }

  func answer(_ status: Int = 200, json: String) {
    setHeader("Cache-Control", "no-store")
    answer(status, "application/json", [UInt8]((json + "\n").utf8))
  }

  func refuse(_ refusal: Refusal) {
    answer(refusal.status, json: JSONValue.object([("error", .text(refusal.sentence))]).text)
  }

  /// What keeps browsers from doing more than the page needs.
  private static let safety: [(String, String)] = [
    (
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
        + "media-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
  ]
}

/// Why a request is not answered as it wishes.
struct Refusal: Error {
  /// 4xx or 5xx.
  let status: Int
  /// What is wrong and what to do.
  let sentence: String

  init(_ status: Int, _ sentence: String) {
    self.status = status
    self.sentence = sentence
  }

  /// Of a body of another type than those that are read.
  /// - Parameter types: In words; each is for something.
  init(type: String, _ types: String) {
    let came = type.isEmpty ? "The request has no Content-Type" : "The Content-Type is \(type.prefix(60))"
    self.init(415, "\(came); send the header with \(types), such as curl -H 'Content-Type: image/png'.")
  }
}
