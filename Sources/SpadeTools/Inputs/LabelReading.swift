import SpadeImage

/// How the pixels of label map files become a network's ids.
package struct LabelReading: Sendable {
  /// How a drawing's colours are read.
  package enum Colors: String, Sendable, CaseIterable {
    /// By the colours of the network's classes.
    case model
    /// The red byte is the id, as in drawings of the GauGAN web demo.
    case gaugan
  }

  /// The value of unknown pixels in label map files, whatever the number of classes.
  static let unknownValue: UInt16 = 255

  let input: NetworkInput
  let classPalette: Palette
  let colors: Colors?
  private let relabelling: Relabelling?

  /// - Parameters:
  ///   - input: The network's.
  ///   - classes: Of the network, for names and colours; may be empty.
  ///   - colors: For files of any kind; where nobody said, pictures in true colour are read by the colours of the classes and
  ///     others by their values.
  ///   - relabel: The path of a file for `Relabelling`.
  package init(
    for input: NetworkInput, classes: [NetworkClass] = [], colors: Colors? = nil, relabel: String? = nil
  ) throws(Failure) {
    self.input = input
    self.colors = colors
    classPalette = Palette(
      zip(0..<input.labelCount, classes).compactMap { id, entry in
        entry.color.map { Palette.Entry(id: UInt16(id), color: $0) }
      })
    relabelling =
      if let relabel { try Relabelling(path: relabel, classes: classes, for: input) } else { nil }
    guard colors != .model || !classPalette.entries.isEmpty else {
      throw Failure(
        "--palette model cannot be used because the network's classes have no colours; make the model with "
          + "spade quantize --labels and a list that has them.")
    }
  }

  /// Whether label maps need an instance map beside them.
  package var hasEdges: Bool { input.hasEdges }

  /// The network's ids, at the file's size.
  package func ids(_ path: String) throws(Failure) -> IndexImage {
    let (image, firstTransparent) = try stored(path)
    var values = image.values
    // Those without a line in the relabelling: ids of the network, and others.
    var kept: [UInt16] = []
    var lost: [UInt16] = []
    for index in values.indices {
      let value = values[index]
      if let id = relabelling?[value] {
        values[index] = id
      } else if value == Self.unknownValue, let unknown = input.unknownLabel {
        values[index] = UInt16(unknown)
      } else if index == firstTransparent {
        throw Failure(
          "\(path) is transparent at \(image.place(index)) and the network does not know unknown pixels; give "
            + "every pixel a colour.")
      } else if Int(value) < input.labelCount {
        if relabelling != nil, !kept.contains(value) { kept.append(value) }
      } else if relabelling == nil {
        throw Failure(
          "\(path) holds id \(value) at \(image.place(index)) and the network has \(input.labelCount) classes, "
            + "\(input.idRange); give a map with ids of these classes, or --relabel.")
      } else if !lost.contains(value) {
        lost.append(value)
      }
    }
    if let relabelling {
      if !lost.isEmpty {
        throw Failure(
          "\(path) holds \(lost.listed), which \(relabelling.path) does not map and the network does not have "
            + "(\(input.idRange)); add a line for each.")
      }
      if !kept.isEmpty {
        Standard.error(
          "note: \(path) holds \(kept.listed), which \(relabelling.path) does not map: kept as the network's own."
        )
      }
    }
    do { return try IndexImage(width: image.width, height: image.height, values: values) } catch {
      throw Failure(path, error)
    }
  }

  /// The values that a file holds, or that its colours stand for; and the first transparent pixel, whose value says unknown.
  private func stored(_ path: String) throws(Failure) -> (image: IndexImage, firstTransparent: Int?) {
    let bytes: [UInt8]
    do { bytes = try File.read(path) } catch { throw Failure(path, error) }
    if colors == nil {
      do { return (try IndexImage(pngBytes: bytes), nil) } catch {
        guard case .notSingleChannel(let color) = error else { throw Failure(path, error) }
        guard !classPalette.entries.isEmpty else {
          throw Failure(
            "\(path) is \(color.name) and the network's classes have no colours to read it by; give class ids as gray "
              + "levels or palette indices, or make the model with spade quantize --labels and a list with colours."
          )
        }
      }
    }
    let snapped = try snapped(bytes, path)
    return (snapped.ids, snapped.firstTransparent)
  }
}

extension IndexImage {
  /// Where a pixel is, in words.
  fileprivate func place(_ index: Int) -> String { "x \(index % width), y \(index / width)" }
}

extension [UInt16] {
  /// Ids in a sentence, in order: the first eight, and how many more.
  fileprivate var listed: String {
    let names = sorted().prefix(8).map { "\($0)" } + (count > 8 ? ["\(count - 8) more"] : [])
    return "id\(count == 1 ? "" : "s") " + names.listed
  }
}
