import Glibc
import SpadeFiles
import SpadeQuantize
import SpadeTools

/// The sources of error drawn: for the picture a bar for each source, then a bar for each layer, made of its sources.
///
/// A layer's bar is as long as its error, in percent of its signal: the root of the sum of squares. The sources share it by their
/// squares, each as it is alone.
struct SourcePicture {
  private var svg: SVG
  private var y = 0.0

  private static let width = 900.0
  private static let left = 150.0
  private static let barWidth = 560.0
  private static let rowHeight = 20.0

  var bytes: [UInt8] { svg.bytes }

  init(_ sources: SourceReport, of report: EvaluationReport) {
    let name = Path.lastPart(of: report.model)
    let rowCount = Double(sources.sources.count + sources.layers.count)
    svg = SVG(
      width: Self.width, height: rowCount * Self.rowHeight + 226,
      title: "Sources of error of \(name), for the picture and by layer")
    let maps = "\(report.pictures.count) map\(report.pictures.count == 1 ? "" : "s")"
    svg.text("Where \(name) parts from float32", x: 20, y: 32, size: 18, isBold: true)
    svg.text(
      "\(maps), mean \(report.mean.psnr.fixed(2)) dB; simulated with all sources \(sources.all.fixed(2)) dB",
      x: 20,
      y: 54)
    y = 92
    drawPicture(sources)
    y += 42
    drawLayers(sources)
  }

  /// Each source alone, as root mean square of the error of a byte.
  private mutating func drawPicture(_ sources: SourceReport) {
    svg.text("The picture, each source alone: error of a byte (root mean square)", x: 20, y: y, isBold: true)
    y += 12
    let errors = sources.sources.map { 255 * pow(10, -$0.alone / 20) }
    let scale = Scale(most: errors.max() ?? 0, width: Self.barWidth)
    drawGrid(scale, rowCount: errors.count, unit: "")
    for (source, error) in zip(sources.sources, errors) {
      let alone = "\(source.alone.fixed(1)) dB, without it \(source.without.fixed(1)) dB"
      drawRow(source.source.title, [(source.source.color, scale.length(error))], alone)
    }
    y += 18
  }

  private mutating func drawLayers(_ sources: SourceReport) {
    svg.text("What layers make: error in percent of the signal, split by source", x: 20, y: y, isBold: true)
    y += 22
    var x = 20.0
    for source in ErrorSource.allCases {
      svg.rectangle(x: x, y: y - 10, width: 12, height: 12, color: source.color)
      svg.text(source.title, x: x + 17, y: y)
      x += 42 + 7.2 * Double(source.title.count)
    }
    y += 14
    let squares = sources.layers.map { layer in layer.alone.map { pow(10, -$0.sqnr / 10) } }
    let errors = squares.map { 100 * $0.reduce(0, +).squareRoot() }
    let scale = Scale(most: errors.max() ?? 0, width: Self.barWidth)
    drawGrid(scale, rowCount: errors.count, unit: " %")
    for (index, layer) in sources.layers.enumerated() {
      let total = max(squares[index].reduce(0, +), .leastNormalMagnitude)
      let parts = zip(layer.alone, squares[index]).map { noise, square in
        (color: noise.source.color, length: scale.length(errors[index]) * square / total)
      }
      let share = layer.clippedShare ?? 0
      let clipped = share > 0 ? ", clipped \(share.percent) %" : ""
      drawRow(layer.name, parts, "\(layer.all.fixed(1)) dB\(clipped)")
    }
  }

  private mutating func drawGrid(_ scale: Scale, rowCount: Int, unit: String) {
    let bottom = y + Double(rowCount) * Self.rowHeight + 4
    for mark in scale.marks {
      let x = Self.left + scale.length(mark)
      svg.line(x: x, from: y, to: bottom, color: "#dddddd")
      svg.text(
        mark.fixed(scale.digits) + unit, x: x, y: bottom + 13, anchor: .middle, size: 11, color: "#666666")
    }
  }

  private mutating func drawRow(_ name: String, _ parts: [(color: String, length: Double)], _ note: String) {
    svg.text(name, x: Self.left - 8, y: y + 14, anchor: .end)
    var x = Self.left
    for part in parts where part.length > 0 {
      svg.rectangle(x: x, y: y + 3, width: part.length, height: Self.rowHeight - 5, color: part.color)
      x += part.length
    }
    svg.text(note, x: x + 6, y: y + 14, size: 11, color: "#444444")
    y += Self.rowHeight
  }

  /// Values from zero to the right.
  private struct Scale {
    private let unit: Double
    /// At round numbers.
    let marks: [Double]
    /// Of the marks, after the point.
    let digits: Int

    init(most: Double, width: Double) {
      guard most > 0, most.isFinite else {
        (unit, marks, digits) = (0, [0], 0)
        return
      }
      unit = width / most
      let power = pow(10, (log10(most / 2)).rounded(.down))
      let step = [5, 2, 1].map { $0 * power }.first { most / $0 >= 2 } ?? power
      marks = (0...Int(most / step)).map { Double($0) * step }
      digits = max(0, Int(-log10(step).rounded(.down)))
    }

    /// Of an infinite error the whole width.
    func length(_ value: Double) -> Double { value.isFinite ? value * unit : 0 }
  }
}

extension ErrorSource {
  /// Of the palette of Okabe and Ito, which people with any colour vision tell apart.
  fileprivate var color: String {
    switch self {
    case .clipping: "#d55e00"
    case .rounding: "#0072b2"
    case .weights: "#009e73"
    case .hidden: "#e69f00"
    case .affineWeights: "#cc79a7"
    case .affine: "#56b4e9"
    case .wide: "#999999"
    }
  }
}
