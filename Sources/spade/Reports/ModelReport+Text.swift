import SpadeTools

extension ModelReport {
  /// The report as a person reads it.
  var lines: [String] {
    summary + [""] + (classes.isEmpty ? [] : classLines + [""]) + (target.map { $0.lines + [""] } ?? [])
      + layerLines + [""] + windowLines + [""]
      + sectionLines + [""] + planLines
  }

  private var summary: [String] {
    let ids =
      "ids 0 to \(network.labelCount - 1)"
      + (network.unknownLabel.map { ", \($0) unknown (255 in a file)" } ?? "")
    let style = network.styleCount == 0 ? "no style" : "style of \(network.styleCount)"
    let calibration = "\(provenance.calibrationMapCount) maps, \(provenance.calibration)"
    return [
      row("file", "\(path), \(byteCount.grouped) bytes, format \(formatVersion)"),
      row(
        "made by",
        "\(provenance.compiler) from \(provenance.checkpoint) (XXH64 \(provenance.checkpointChecksum))"),
      row("calibration", calibration),
      row("picture", "\(network.width)x\(network.height)"),
      row("labels", ids + (network.hasEdges ? ", instance borders" : "")),
      row(
        "network",
        "ngf \(network.channelUnit), \(network.kernelSize)x\(network.kernelSize) kernels over "
          + "\(network.hiddenChannelCount) hidden channels, \(network.normalization) norm, "
          + "\(network.doublingCount) doublings, \(style)"),
      row(
        "multiply-adds",
        "\(multiplyAdds.short) on the busiest calibration map, \(denseMultiplyAdds.short) as dense convolutions"
      ),
    ]
      + (encoder.map {
        [
          row(
            "style encoder",
            "ngf \($0.channelUnit), \($0.byteCount.grouped) bytes, \($0.multiplyAdds.short) multiply-adds a photo"
          )
        ]
      } ?? [])
      + arenas.map {
        row(
          "arena",
          "\($0.byteCount.grouped) bytes with \($0.threadCount) thread\($0.threadCount == 1 ? "" : "s")")
      }
  }

  private func row(_ name: String, _ value: String) -> String { name.left(15) + value }

  private var layerLines: [String] {
    ["layer".left(20) + "kind".left(15) + "output".left(17) + "dense".right(9) + "actual".right(9)]
      + layers.map {
        $0.name.left(20) + $0.kind.rawValue.left(15) + "\($0.width)x\($0.height)x\($0.channels)".left(17)
          + $0.denseMultiplyAdds.short.right(9) + $0.multiplyAdds.short.right(9)
      }
      + ["total".left(52) + denseMultiplyAdds.short.right(9) + multiplyAdds.short.right(9)]
  }

  /// As `spade quantize --labels` reads them, after the id.
  private var classLines: [String] {
    let width = classes.map(\.name.count).max() ?? 0
    return ["id".right(5) + "  " + "class".left(width) + "  colour"]
      + classes.enumerated().map { id, entry in
        let color = entry.color.map { levels in
          "#" + levels.map { String(repeating: "0", count: $0 < 16 ? 1 : 0) + String($0, radix: 16) }.joined()
        }
        return "\(id)".right(5) + "  " + entry.name.left(width) + "  " + (color ?? "none")
      }
  }

  private var windowLines: [String] {
    ["resolution".left(15) + "pixels".right(9) + "windows".right(9) + "room".right(9)]
      + levels.map {
        "\($0.width)x\($0.height)".left(15) + ($0.width * $0.height).grouped.right(9)
          + $0.windowCount.grouped.right(9) + $0.windowCapacity.grouped.right(9)
      }
  }

  private var sectionLines: [String] {
    ["section".left(15) + "bytes".right(14)]
      + sections.map { $0.name.left(15) + $0.byteCount.grouped.right(14) }
  }

  private var planLines: [String] {
    ["memory plan: \(buffers.count) buffers in \(planByteCount.grouped) bytes over \(stepCount) steps"]
      + MemoryDrawing(buffers, byteCount: planByteCount, stepCount: stepCount).lines + [MemoryDrawing.legend]
  }
}
