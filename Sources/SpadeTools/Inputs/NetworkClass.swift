import SpadeImage
import SpadeModel
import SpadePixels

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
    var classes: [NetworkClass] = []
    try ModelClass.forEach(in: metadata) { classes.append(Self($0)) }
    return classes
  }

  private init(_ found: ModelClass) {
    var name: [UInt8] = []
    found.name.forEachByte { name.append($0) }
    self.init(
      name: String(decoding: name, as: UTF8.self),
      color: found.color.map { Color(red: $0.red, green: $0.green, blue: $0.blue) })
  }
}
