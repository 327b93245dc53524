import SpadeQuantize
import Testing

@Suite struct ClassListTests {
  private typealias Class = ModelMetadata.Class

  @Test func namesAndColours() throws {
    let text = "sky #87CEeb\r\nstill  water\n grass 60 160 40 \nroad 3\n#1 lane\n\n \n"
    let classes = try Class.list(Array(text.utf8))
    #expect(
      classes == [
        Class(name: "sky", color: [0x87, 0xCE, 0xEB]), Class(name: "still water"),
        Class(name: "grass", color: [60, 160, 40]), Class(name: "road 3"), Class(name: "#1 lane"),
      ])
    let none = try Class.list([])
    #expect(none.isEmpty)
  }

  @Test(arguments: [
    ("sky\n\ngrass", 2), ("#87ceeb", 1), ("sky #87cee", 1), ("sky #+7ceeb", 1), ("sky #８7ceeb", 1),
    ("a\nsky 1 2 256", 2), ("sky -1 2 3", 1),
  ]) func linesWithoutAClass(text: String, line: Int) {
    #expect(throws: ClassListError.noClass(line: line)) { try Class.list(Array(text.utf8)) }
  }

  @Test func bytesThatAreNoText() {
    #expect(throws: ClassListError.notText) { try Class.list([0x61, 0xFF]) }
  }
}
