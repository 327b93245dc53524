import SpadeQuantize
import SpadeTools

/// What each source of error costs, for the picture and layer by layer.
struct SourceReport: Encodable {
  /// For the picture: PSNR in dB, means over the maps.
  struct Source: Encodable {
    let source: ErrorSource
    let alone: Double
    /// With all sources but this.
    let without: Double
  }

  /// What a layer makes: SQNR in dB, over all maps.
  struct Layer: Encodable {
    let name: String
    let all: Double
    let alone: [SourceNoise]
    /// The part of the values it reads that lie beyond their codes, 0 … 1; none for a layer that reads no codes.
    let clippedShare: Double?
  }

  struct SourceNoise: Encodable {
    let source: ErrorSource
    let sqnr: Double
  }

  /// PSNR in dB of all sources together, simulated in float32.
  let all: Double
  let sources: [Source]
  /// Of all values that become codes, 0 … 1.
  let clippedShare: Double
  let layers: [Layer]

  init(_ study: ErrorStudy) {
    all = study.psnr(.all)
    sources = ErrorSource.allCases.map {
      Source(source: $0, alone: study.psnr(.alone($0)), without: study.psnr(.without($0)))
    }
    clippedShare = study.clipped.share
    layers = study.layers.map { layer in
      Layer(
        name: layer.name, all: layer.all.decibels,
        alone: ErrorSource.allCases.map {
          SourceNoise(source: $0, sqnr: (layer.alone[$0] ?? SignalToNoise()).decibels)
        }, clippedShare: study.clipped.layers.first { $0.reader == layer.name }?.share)
    }
  }

  /// As a person reads it.
  var lines: [String] {
    var lines = [
      "source".left(13) + "alone dB".right(10) + "without dB".right(12) + "   of the picture, simulated"
    ]
    for source in sources {
      let scores = source.alone.fixed(2).right(10) + source.without.fixed(2).right(12)
      lines.append(source.source.title.left(13) + scores + "   " + source.source.explanation)
    }
    lines += ["all".left(13) + all.fixed(2).right(10), ""]
    let titles = layers.first?.alone.map { $0.source.title.right(11) } ?? []
    lines.append("each alone, dB".left(20) + titles.joined() + "all".right(8) + "clipped %".right(11))
    for layer in layers {
      let alone = layer.alone.map { $0.sqnr.fixed(2).right(11) }.joined()
      let clipped = layer.clippedShare.map { $0.percent.right(11) } ?? ""
      lines.append(layer.name.left(20) + alone + layer.all.fixed(2).right(8) + clipped)
    }
    let sum = "of all values".left(28 + 11 * titles.count) + clippedShare.percent.right(11)
    return lines + [sum]
  }
}

extension ErrorSource: Encodable {}

extension Double {
  /// A share 0 … 1 in percent, without the sign.
  var percent: String {
    if self == 0 { return "0" }
    return self < 1e-6 ? "<0.0001" : (self * 100).fixed(4)
  }
}
