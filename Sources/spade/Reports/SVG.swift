import SpadeTools

/// A small writer of SVG pictures: rectangles, lines and text that stays text.
struct SVG {
  enum Anchor: String {
    case start, middle, end
  }

  private var elements: [String] = []
  private let width: Double
  private let height: Double
  private let title: String

  /// - Parameter title: What the picture shows, for those who hear it.
  init(width: Double, height: Double, title: String) {
    self.width = width
    self.height = height
    self.title = title
    rectangle(x: 0, y: 0, width: width, height: height, color: "#ffffff")
  }

  mutating func rectangle(x: Double, y: Double, width: Double, height: Double, color: String) {
    elements.append(
      "<rect x=\"\(x.fixed(1))\" y=\"\(y.fixed(1))\" width=\"\(width.fixed(1))\" height=\"\(height.fixed(1))\" "
        + "fill=\"\(color)\"/>")
  }

  mutating func line(x: Double, from top: Double, to bottom: Double, color: String) {
    let ends = "x1=\"\(x.fixed(1))\" y1=\"\(top.fixed(1))\" x2=\"\(x.fixed(1))\" y2=\"\(bottom.fixed(1))\""
    elements.append("<line \(ends) stroke=\"\(color)\"/>")
  }

  /// - Parameter y: Of the line that the letters stand on.
  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, size: Int = 13, isBold: Bool = false,
    color: String = "#222222"
  ) {
    let place = "x=\"\(x.fixed(1))\" y=\"\(y.fixed(1))\" text-anchor=\"\(anchor.rawValue)\""
    let weight = isBold ? " font-weight=\"bold\"" : ""
    elements.append(
      "<text \(place) font-size=\"\(size)\"\(weight) fill=\"\(color)\">\(Self.escaped(text))</text>")
  }

  var bytes: [UInt8] {
    let size = "width=\"\(width.fixed(0))\" height=\"\(height.fixed(0))\""
    let box = "viewBox=\"0 0 \(width.fixed(0)) \(height.fixed(0))\""
    let head =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) \(box) font-family=\"sans-serif\" role=\"img\">"
    let lines = [head, "<title>\(Self.escaped(title))</title>"] + elements + ["</svg>", ""]
    return [UInt8](lines.joined(separator: "\n").utf8)
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
