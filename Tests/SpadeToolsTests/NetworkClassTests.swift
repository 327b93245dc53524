import SpadeImage
import SpadeModel
import Testing

@testable import SpadeTools

@Suite struct NetworkClassTests {
  private func classes(_ text: String) throws -> [NetworkClass] {
    try Array(text.utf8).withUnsafeBytes { try NetworkClass.list(in: JSONText($0)) }
  }

  @Test func namesAndColoursAreFoundAmongOtherMembers() throws {
    let text = #"""
      { "a" : [1, -2.5e3, {"classes": [null]}, "}"], "classes": [
        {"color":[128,64,0],"name":"road"}, {"name":"sky","other":{"x":[[],{}]}},
        {"name":"\u00e9t\"\\\/\ud83c\udf33\n", "color": [ 0 , 255 , 7 ]} ], "levels":[], "t": true }
      """#
    #expect(
      try classes(text) == [
        NetworkClass(name: "road", color: Color(red: 128, green: 64, blue: 0)),
        NetworkClass(name: "sky", color: nil),
        NetworkClass(name: "ét\"\\/🌳\n", color: Color(red: 0, green: 255, blue: 7)),
      ])
    #expect(try classes("{}") == [] && classes(#"{"classes":[]}"#) == [])
  }

  @Test(arguments: [
    "", "[]", "{", "{}}", #"{"classes":{}}"#, #"{"classes":[{}]}"#, #"{"classes":[{"name":1}]}"#,
    #"{"classes":[{"name":"a","color":[1,2]}]}"#, #"{"classes":[{"name":"a","color":[1,2,256]}]}"#,
    #"{"classes":[{"name":"a","color":[1,2,3}]}"#, #"{"classes":[{"name":"a"}"#,
    #"{"classes":[{"name":"a\x"}]}"#,
    #"{"classes":[{"name":"\ud83c"}]}"#, #"{"classes":[{"name":"\u12"}]}"#, #"{"a":}"#, #"{"a" 1}"#,
    String(repeating: "[", count: 100_000), #"{"a":"# + String(repeating: "[", count: 100_000),
  ])
  func otherTextIsRefused(text: String) {
    #expect(throws: JSONText.Malformed.self) { try classes(text) }
  }
}
