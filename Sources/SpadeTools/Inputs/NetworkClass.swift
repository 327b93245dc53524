import SpadeImage
import SpadeModel

/// A class of a network, for people. Its id is its place in the list.
package struct NetworkClass: Equatable, Sendable {
  package let name: String
  package let color: Color?

  package init(name: String, color: Color?) {
    self.name = name
    self.color = color
  }
}

extension ModelFile {
  /// The classes that the metadata names: those of the label ids from 0 on, or none.
  package func classes() throws(Failure) -> [NetworkClass] {
    do { return try NetworkClass.list(in: JSONText(model.metadata)) } catch {
      throw Failure(path, ModelError.badMetadata)
    }
  }
}

extension NetworkClass {
  static func list(in metadata: JSONText) throws(JSONText.Malformed) -> [NetworkClass] {
    var text = metadata
    var classes: [NetworkClass] = []
    try text.object { (name, value) throws(JSONText.Malformed) in
      guard name == "classes" else { return try value.skip() }
      try value.array { (element) throws(JSONText.Malformed) in classes.append(try Self(&element)) }
    }
    try text.end()
    return classes
  }

  private init(_ text: inout JSONText) throws(JSONText.Malformed) {
    var name: String?
    var levels: [UInt8]?
    try text.object { (key, value) throws(JSONText.Malformed) in
      switch key {
      case "name": name = try value.string()
      case "color":
        var found: [UInt8] = []
        try value.array { (element) throws(JSONText.Malformed) in found.append(try element.byte()) }
        levels = found
      default: try value.skip()
      }
    }
    guard let name, levels == nil || levels?.count == 3 else { throw JSONText.Malformed() }
    self.init(name: name, color: levels.map { Color(red: $0[0], green: $0[1], blue: $0[2]) })
  }
}
