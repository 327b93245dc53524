/// A reader of the dictionary in an `.npy` header: the keys `descr`, `fortran_order` and `shape`, once each,
/// in any order.
struct NPYHeaderText {
  let bytes: [UInt8]
  var position: Int
  let end: Int

  struct Entries {
    var isDouble = false
    var shape: [Int] = []
  }

  mutating func entries() throws(ImageError) -> Entries {
    var entries = Entries()
    var seen: UInt8 = 0
    try expect("{")
    while !skip("}") {
      let start = position
      let key = try quoted()
      try expect(":")
      let bit: UInt8
      if isEqual(key, "descr") {
        bit = 1
        entries.isDouble = try isDouble()
      } else if isEqual(key, "fortran_order") {
        bit = 2
        if skip("True") { throw .fortranOrderNPY }
        try expect("False")
      } else if isEqual(key, "shape") {
        bit = 4
        entries.shape = try lengths()
      } else {
        throw .malformedNPYHeader(offset: start)
      }
      guard seen & bit == 0 else { throw .malformedNPYHeader(offset: start) }
      seen |= bit
      if !skip(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard seen == 7, position == end else { throw .malformedNPYHeader(offset: position) }
    return entries
  }

  private mutating func isDouble() throws(ImageError) -> Bool {
    if skip("[") { throw .unsupportedNPYType }
    let name = try quoted()
    if isEqual(name, "<f8") { return true }
    guard isEqual(name, "<f4") else { throw .unsupportedNPYType }
    return false
  }

  private mutating func lengths() throws(ImageError) -> [Int] {
    var lengths: [Int] = []
    try expect("(")
    while !skip(")") {
      guard lengths.count < 64 else { throw .oversizedNPYShape }
      lengths.append(try number())
      if !skip(",") {
        try expect(")")
        break
      }
    }
    return lengths
  }

  private mutating func number() throws(ImageError) -> Int {
    skipSpace()
    let start = position
    var number = 0
    while position < end, (0x30...0x39).contains(bytes[position]) {
      let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
      let (next, carry) = tens.addingReportingOverflow(Int(bytes[position] - 0x30))
      guard !overflow, !carry else { throw .oversizedNPYShape }
      number = next
      position += 1
    }
    guard position > start else { throw .malformedNPYHeader(offset: position) }
    return number
  }

  /// The range of the text between quotes.
  private mutating func quoted() throws(ImageError) -> Range<Int> {
    skipSpace()
    guard position < end, bytes[position] == 0x27 || bytes[position] == 0x22 else {
      throw .malformedNPYHeader(offset: position)
    }
    let quote = bytes[position]
    let start = position + 1
    position = start
    while position < end, bytes[position] != quote { position += 1 }
    guard position < end else { throw .malformedNPYHeader(offset: start) }
    position += 1
    return start..<position - 1
  }

  private func isEqual(_ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    for index in 0..<range.count where bytes[range.lowerBound + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  private mutating func skipSpace() {
    while position < end, bytes[position] == 0x20 || bytes[position] == 0x0A { position += 1 }
  }

  private mutating func skip(_ text: StaticString) -> Bool {
    skipSpace()
    let next = position + text.utf8CodeUnitCount
    guard next <= end, isEqual(position..<next, text) else { return false }
    position = next
    return true
  }

  private mutating func expect(_ text: StaticString) throws(ImageError) {
    guard skip(text) else { throw .malformedNPYHeader(offset: position) }
  }
}
