import SpadeQuantize
import SpadeTools

extension ModelReport {
  /// The report as a person reads it.
  var lines: [String] {
    var lines = summary
    let parts = [
      classLines, target?.lines ?? [], layerLines, windowLines, sectionLines, curveLines, planLines,
    ]
    for part in parts where !part.isEmpty { lines += [""] + part }
    return lines
  }

  private var summary: [String] {
    let unknown = network.unknownLabel.map { ", \($0) unknown (255 in a file)" } ?? ""
    let borders = network.hasEdges ? ", instance borders" : ""
    let style =
      network.styleCount == 0
      ? "no style" : "style of \(network.styleCount)\(network.styleJoinsLabels ? " beside the labels" : "")"
    let size = "\(network.kernelSize)x\(network.kernelSize)"
    let counts = network.channels.map { $0.map { "\($0)" }.joined(separator: "_") }
    let channels = counts.map { "channels \($0)" } ?? "ngf \(network.channelUnit)"
    let most = counts == nil ? "" : "up to "
    var rows = [
      row("file", "\(path), \(byteCount.grouped) bytes, format \(formatVersion)"),
      row("checksum", "\(checksum) (XXH64)"),
      row(
        "made by",
        "\(provenance.compiler) from \(provenance.checkpoint) (XXH64 \(provenance.checkpointChecksum))"),
      row("calibration", provenance.calibrationText),
      row("picture", "\(network.width)x\(network.height)"),
      row("labels", "ids 0 to \(network.labelCount - 1)\(unknown)\(borders)"),
      row(
        "network",
        "\(channels), \(size) kernels over \(most)\(network.hiddenChannelCount) hidden channels, "
          + "\(network.normalization) norm, \(network.doublingCount) doublings, \(style)"),
      row(
        "multiply-adds",
        "\(denseMultiplyAdds.short) dense, \(multiplyAdds.short) distinct on the busiest calibration map"),
    ]
    if let quality = provenance.quality { rows.insert(row("quality", quality), at: 3) }
    if let family = network.family {
      let published = network.publishedSetting.map { ", as published for \($0)" } ?? ""
      rows.insert(row("family", family + published), at: 3)
    }
    if let doneMultiplyAdds, let donePicture {
      rows.append(row("", "\(doneMultiplyAdds.short) done for \(donePicture)"))
    }
    if let encoder {
      let cost = "\(encoder.byteCount.grouped) bytes, \(encoder.multiplyAdds.short) multiply-adds a photo"
      rows.append(row("style encoder", "ngf \(encoder.channelUnit), \(cost)"))
    }
    for arena in arenas {
      rows.append(row("arena", arena.summary))
    }
    if network.styleCount > 0, !network.styleJoinsLabels {
      let count = "\(keptLayerCount) of \(windowLayerCount) layers"
      rows.append(row("kept", "windows, A and B of \(count) for the next picture of the same map"))
    }
    return rows
  }

  private func row(_ name: String, _ value: String) -> String { name.left(15) + value }

  private var layerLines: [String] {
    func line(_ name: String, _ kind: String, _ output: String, _ counts: String...) -> String {
      let done = doneMultiplyAdds == nil ? counts.dropLast() : counts[...]
      return name.left(20) + kind.left(15) + output.left(17) + done.map { $0.right(9) }.joined()
    }
    func line(_ name: String, _ kind: String, _ output: String, _ counts: [Int?]) -> String {
      let texts = counts.map { $0?.short ?? "" }
      return line(name, kind, output, texts[0], texts[1], texts[2])
    }
    return [line("layer", "kind", "output", "dense", "distinct", "done")]
      + layers.map {
        let output = "\($0.width)x\($0.height)x\($0.channels)"
        return line(
          $0.name, $0.kind.rawValue, output, [$0.denseMultiplyAdds, $0.multiplyAdds, $0.doneMultiplyAdds])
      }
      + [line("total", "", "", [denseMultiplyAdds, multiplyAdds, doneMultiplyAdds])]
  }

  /// As `spade quantize --labels` reads them, after the id.
  private var classLines: [String] {
    guard !classes.isEmpty else { return [] }
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
    ["resolution".left(15) + ["pixels", "windows", "room"].map { $0.right(9) }.joined()]
      + levels.map {
        let counts = [$0.width * $0.height, $0.windowCount, $0.windowCapacity]
        return "\($0.width)x\($0.height)".left(15) + counts.map { $0.grouped.right(9) }.joined()
      }
  }

  private var sectionLines: [String] {
    ["section".left(15) + "bytes".right(14)]
      + sections.map { $0.name.left(15) + $0.byteCount.grouped.right(14) }
  }

  private var curveLines: [String] {
    guard let plans, let planThreadCount,
      let curve = PlanCurve(
        plans, threadCount: planThreadCount,
        chosen: arenas.first { $0.threadCount == planThreadCount }?.byteCount ?? 0)
    else { return [] }
    return curve.lines
  }

  private var planLines: [String] {
    ["memory plan: \(buffers.count) buffers in \(planByteCount.grouped) bytes over \(stepCount) steps"]
      + MemoryDrawing(buffers, byteCount: planByteCount, stepCount: stepCount).lines + [MemoryDrawing.legend]
  }
}

extension ModelMetadata.Provenance {
  /// How many maps of which folder, and how many built-in drawings.
  fileprivate var calibrationText: String {
    guard let drawingCount, drawingCount < calibrationMapCount else {
      return "\(calibrationMapCount) maps, \(calibration)"
    }
    let ownCount = calibrationMapCount - drawingCount
    return "\(ownCount) map\(ownCount == 1 ? "" : "s"), \(calibration), and \(drawingCount) built-in drawings"
  }
}
