import CSpadeHTTP

/// Pictures that have been painted and the seconds they took: one thread counts, another reads.
struct FrameCounter {
  var count: Int { Int(spade_http_tally_count()) }
  var seconds: Double { Double(spade_http_tally_nanoseconds()) / 1e9 }

  func add(seconds: Double) { spade_http_tally_add(UInt64(seconds * 1e9)) }
}
