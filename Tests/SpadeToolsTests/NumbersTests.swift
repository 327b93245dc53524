import Testing

@testable import SpadeTools

@Suite struct NumbersTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"), (-999, "-999"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func groups(number: Int, text: String) { #expect(number.grouped == text) }

  @Test(arguments: [
    (7, "7"), (999, "999"), (1000, "1.00 k"), (12_345, "12.3 k"), (6_240_000, "6.24 M"),
    (181_000_000_000, "181 G"),
  ])
  func shortForms(number: Int, text: String) { #expect(number.short == text) }

  @Test func texts() {
    #expect(UInt64(0xAB).hexadecimal == "00000000000000ab" && UInt64.max.hexadecimal == "ffffffffffffffff")
    #expect(
      0.0432.duration == "43.2 ms" && 1.25.duration == "1.25 s" && 2.5.fixed(0) == "2"
        && (-0.5).fixed(2) == "-0.50")
    #expect("ab".left(4) == "ab  " && "ab".right(4) == "  ab" && "abc".left(2) == "abc")
    #expect([String]().listed == "" && ["a"].listed == "a" && ["a", "b"].listed == "a and b")
    #expect(["a", "b", "c"].listed == "a, b and c")
  }
}
