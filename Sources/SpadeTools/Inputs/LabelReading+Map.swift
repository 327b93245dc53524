import SpadeFiles
import SpadeImage
import SpadeInput

// From files to what a network reads: stored values → the network's ids → its size → borders.

extension LabelReading {
  /// Reads a label map and, for a network with edges, its instance map, and brings both to the network's size.
  package func map(labels path: String, instances: String?) throws(Failure) -> LabelMap {
    let reading = try read(labels: path, instances: instances)
    reading.tell()
    return reading.map
  }

  /// A map as a network reads it, and what became of its shape.
  package struct Reading {
    package let map: LabelMap
    /// Where the file's own pixels are in the network's picture.
    package let content: PixelArea
    /// That the map was squeezed though nobody asked for it, as a sentence.
    package let shapeNote: String?
    /// What else had to be guessed, in sentences: colours, ids, maps that may be swapped.
    package let notes: [String]
    /// Which colours to draw in, as a sentence, where common ones of a drawing are near none of them.
    package let colorNote: String?

    /// Prints the notes. One of a shape and one of the colours to draw in are enough for many maps.
    package func tell(ofShape: Bool = true, ofColors: Bool = true) {
      for note in notes { Standard.error(note) }
      if ofColors, let colorNote { Standard.error(colorNote) }
      if ofShape, let shapeNote { Standard.error(shapeNote) }
    }
  }

  /// As `map(labels:instances:)`. The notes are the caller's to print.
  package func read(labels path: String, instances: String?) throws(Failure) -> Reading {
    let stored = try StoredLabels(path, by: self)
    let window = window(over: stored.image)
    var notes = stored.notes
    let edges = try edges(instances, beside: stored, window, &notes)
    let map = try map(stored, window, edges: edges, &notes)
    return Reading(
      map: map,
      content: stored.image.content(of: window, width: input.width, height: input.height),
      shapeNote: isSqueezed(stored.image)
        ? "note: \(stored.path) is \(stored.image.width) by \(stored.image.height) pixels and is squeezed to \(input.width) by "
          + "\(input.height); --fit crop or --fit pad keeps its shape." : nil,
      notes: notes,
      colorNote: stored.hasGuessedColors ? "note: the colours to draw in are \(colorList)." : nil)
  }

  private func window(over image: IndexImage) -> PixelArea {
    (fit ?? .stretch).window(
      width: image.width, height: image.height, targetWidth: input.width, targetHeight: input.height)
  }

  private func isSqueezed(_ image: IndexImage) -> Bool {
    fit == nil
      && Fit.differs(
        width: image.width, height: image.height, targetWidth: input.width, targetHeight: input.height)
  }

  /// As `map(labels:instances:)`, of a file in memory, for a network without edges, and without notes.
  /// - Parameter name: For messages.
  /// - Returns: `content` is where the drawing is in the network's picture, `squeezed` the size of one that was squeezed though nobody
  ///   asked for it.
  package func map(drawing bytes: [UInt8], name: String) throws(Failure) -> (
    map: LabelMap, content: PixelArea, squeezed: (width: Int, height: Int)?
  ) {
    let stored = try StoredLabels(bytes, name: name, by: self)
    var notes: [String] = []
    let window = window(over: stored.image)
    return (
      try map(stored, window, edges: nil, &notes),
      stored.image.content(of: window, width: input.width, height: input.height),
      isSqueezed(stored.image) ? (stored.image.width, stored.image.height) : nil
    )
  }

  private func map(
    _ stored: StoredLabels, _ window: PixelArea, edges: [UInt8]?, _ notes: inout [String]
  ) throws(Failure) -> LabelMap {
    let ids = try networkIds(of: stored, &notes)
    let labels = stored.image.resized(window, width: input.width, height: input.height)
    return LabelMap(
      width: input.width, height: input.height, ids: labels.values.map { ids[Int($0)] }, edges: edges)
  }

  /// The network's id for each value that the map holds; 0 for the others.
  private func networkIds(of stored: StoredLabels, _ notes: inout [String]) throws(Failure) -> [UInt16] {
    var ids = [UInt16](repeating: 0, count: Int(UInt16.max) + 1)
    var isSeen = [Bool](repeating: false, count: ids.count)
    // Values without a line in the relabelling: ids of the network, and others.
    var kept: [UInt16] = []
    var lost: [UInt16] = []
    let values = stored.image.values
    for index in values.indices where !isSeen[Int(values[index])] {
      let value = values[index]
      isSeen[Int(value)] = true
      ids[Int(value)] = value
      if let id = relabelling?[value] {
        ids[Int(value)] = id
      } else if value == Self.unknownValue, let fillId,
        stored.firstTransparent != nil || input.labelCount <= Int(value)
      {
        ids[Int(value)] = fillId
      } else if value == Self.unknownValue, let unknown = input.unknownLabel {
        ids[Int(value)] = UInt16(unknown)
      } else if value == Self.unknownValue, let place = stored.firstTransparent {
        let fill = classes.isEmpty ? "0" : classes[0].name.quotedForShell
        throw Failure(
          "\(stored.path) is transparent at \(stored.image.position(place)) and the network does not know unknown "
            + "pixels; give every pixel a colour"
            + (advice == nil ? ", or --fill and the class that they are, such as --fill \(fill)." : "."))
      } else if Int(value) < input.labelCount {
        kept.append(value)
      } else if relabelling?.mapsIds != true {
        let fill = value == Self.unknownValue ? ", --fill and a class for 255" : ""
        let colors = stored.hasOtherColors ? ", --palette model to read its colours" : ""
        let options = advice == nil ? "\(fill)\(colors), or --relabel." : "."
        let drawing =
          stored.isGray && !classPalette.entries.isEmpty ? ", or a drawing saved in RGB and not in gray" : ""
        throw Failure(
          "\(stored.path) holds id \(value) at \(stored.image.position(index))\(instanceOf(value)) and the network has "
            + "\(input.labelCount) classes, \(input.idRange); give a map with ids of these classes\(drawing)\(options)"
        )
      } else {
        lost.append(value)
      }
    }
    guard let relabelling else { return ids }
    guard lost.isEmpty else {
      throw Failure(
        "\(stored.path) holds \(lost.listed), which \(relabelling.path) does not map and the network does not have "
          + "(\(input.idRange)); add a line for each.")
    }
    if !kept.isEmpty, relabelling.mapsIds {
      notes.append(
        "note: \(stored.path) holds \(kept.listed), which \(relabelling.path) does not map: kept as the network's own."
      )
    }
    return ids
  }

  /// What a value that no class has says as one of Cityscapes' instance maps, in words.
  private func instanceOf(_ value: UInt16) -> String {
    let (label, object) = value.quotientAndRemainder(dividingBy: 1000)
    guard label > 0, Int(label) < input.labelCount else { return "" }
    return
      ", which is class \(label), object \(object) in an instance map as Cityscapes has them (instanceIds.png),"
  }

  /// Where the instances' borders run, at the network's size.
  private func edges(
    _ path: String?, beside labels: StoredLabels, _ window: PixelArea, _ notes: inout [String]
  ) throws(Failure) -> [UInt8]? {
    guard input.hasEdges else {
      guard let path else { return nil }
      throw Failure(
        "\(path) cannot be used because the network does not read instance borders; leave --instances out.")
    }
    guard let path else {
      throw Failure(
        "\(labels.path) needs an instance map because the network reads instance borders; give one with --instances."
      )
    }
    let instances = try IndexImage(path: path)
    let size = (width: labels.image.width, height: labels.image.height)
    guard instances.width == size.width, instances.height == size.height else {
      throw Failure(
        "\(path) is \(instances.width) by \(instances.height) pixels and \(labels.path) is \(size.width) by "
          + "\(size.height); give an instance map of the label map's size.")
    }
    if looksSwapped(labels: labels.image, instances: instances) {
      notes.append(
        "note: \(labels.path) and \(path) may be swapped: each id of the first lies in one area of the second, as objects lie "
          + "in areas of one class.")
    }
    return SpadeImage.edges(of: instances.resized(window, width: input.width, height: input.height))
  }
}

extension IndexImage {
  /// Where a pixel is, in words.
  fileprivate func position(_ index: Int) -> String { "x \(index % width), y \(index / width)" }
}

extension String {
  /// As a word of a command: in quotation marks where it holds a space.
  var quotedForShell: String { utf8.contains(0x20) ? "\"\(self)\"" : self }
}

extension [UInt16] {
  /// Ids in a sentence, in order: the first eight, and how many more.
  fileprivate var listed: String {
    let names = sorted().prefix(8).map { "\($0)" } + (count > 8 ? ["\(count - 8) more"] : [])
    return "id\(count == 1 ? "" : "s") " + names.listed
  }
}
