import Testing

@testable import SpadeTools

@Suite struct TimeLeftTests {
  @Test func itIsToldFromThePartsAlone() {
    #expect(TimeLeft.text(seconds: 12, done: 0, of: 8) == "12 s")
    #expect(TimeLeft.text(seconds: 12, done: 4, of: 8) == "12 s, about 12 s left")
    // Ten of the seconds went before the first part began.
    #expect(TimeLeft.text(seconds: 12, before: 10, done: 4, of: 8) == "12 s, about 2 s left")
  }
}
