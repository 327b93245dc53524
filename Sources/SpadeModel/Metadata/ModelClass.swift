/// A class of a network as the metadata has it. Its bytes are those of the metadata.
package struct ModelClass {
  package let name: JSONString
  package let color: (red: UInt8, green: UInt8, blue: UInt8)?

  /// Reads metadata and calls `body` for each class in it, in the order of the ids from 0 on.
  package static func forEach(
    in metadata: JSONText, _ body: (ModelClass) -> Void
  ) throws(JSONText.Malformed) {
    var text = metadata
    try text.object { (name, value) throws(JSONText.Malformed) in
      guard name.equals("classes") else { return try value.skip() }
      try value.array { (element) throws(JSONText.Malformed) in body(try ModelClass(&element)) }
    }
    try text.end()
  }

  private init(_ text: inout JSONText) throws(JSONText.Malformed) {
    var found: JSONString?
    var levels: (UInt8, UInt8, UInt8) = (0, 0, 0)
    var levelCount: Int?
    try text.object { (key, value) throws(JSONText.Malformed) in
      if key.equals("name") {
        found = try value.string()
      } else if key.equals("color") {
        var count = 0
        try value.array { (element) throws(JSONText.Malformed) in
          levels = (levels.1, levels.2, try element.byte())
          count += 1
        }
        levelCount = count
      } else {
        try value.skip()
      }
    }
    guard let found, levelCount == nil || levelCount == 3 else { throw JSONText.Malformed() }
    name = found
    color = levelCount == nil ? nil : levels
  }
}
