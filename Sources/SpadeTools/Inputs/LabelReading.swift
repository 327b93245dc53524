import SpadeImage
import SpadeInput
import SpadePixels

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
  let classes: [NetworkClass]
  let colors: Colors?
  let relabelling: Relabelling?
  /// The id of transparent pixels, and of 255 in maps of ids, where somebody said one.
  let fillId: UInt16?
  /// `nil` where nobody said: maps are stretched, with a note.
  package var fit: Fit?
  /// What somebody who has no options does about a drawing that is not read, as the end of a sentence.
  package var advice: String?

  /// - Parameters:
  ///   - input: The network's.
  ///   - classes: Of the network, for names and colours; may be empty.
  ///   - colors: For files of any kind; where nobody said, pictures in true colour are read by the colours of the classes and
  ///     others by their values.
  ///   - relabel: The path of a file for `Relabelling`.
  ///   - fill: A class by its name or id, for transparent pixels and 255.
  ///   - fit: For maps of another shape than the network's; stretched where nobody said.
  package init(
    for input: NetworkInput, classes: [NetworkClass] = [], colors: Colors? = nil, relabel: String? = nil,
    fill: String? = nil, fit: Fit? = nil
  ) throws(Failure) {
    self.input = input
    self.colors = colors
    self.classes = classes
    self.fit = fit
    let relabelling: Relabelling? =
      if let relabel { try Relabelling(path: relabel, classes: classes, for: input) } else { nil }
    self.relabelling = relabelling
    // A person's own colours come first.
    classPalette = Palette(
      (relabelling?.colors ?? [])
        + zip(0..<input.labelCount, classes).compactMap { id, entry in
          entry.color.map { Palette.Entry(id: UInt16(id), color: $0) }
        })
    fillId = if let fill { try input.id(of: fill, in: classes, "--fill") } else { nil }
    guard colors != .model || !classPalette.entries.isEmpty else {
      throw Failure(
        "--palette model cannot be used because the network's classes have no colours; make the model with "
          + "spade quantize --labels and a list that has them.")
    }
  }

  /// A class in a sentence.
  func name(of id: UInt16) -> String { Int(id) < classes.count ? classes[Int(id)].name : "id \(id)" }

  /// The colours to draw in, in a sentence: the first of them where there are many.
  var colorList: String {
    let names = classPalette.entries.map { "\(name(of: $0.id)) \($0.color.hexadecimal)" }
    let shown =
      names.prefix(24)
      + (names.count > 24 ? ["\(names.count - 24) more, which the command classes lists"] : [])
    return Array(shown).listed
  }

  /// Whether label maps need an instance map beside them.
  package var hasEdges: Bool { input.hasEdges }

  /// Of the network; ids are below it.
  var labelCount: Int { input.labelCount }

  /// Of the maps, in pixels.
  package var width: Int { input.width }
  package var height: Int { input.height }
}
