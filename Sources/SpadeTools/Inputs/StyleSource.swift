import SpadeFiles
import SpadeImage
import SpadeInput

/// Where the style of a network with a style input comes from.
package enum StyleSource: Equatable, Sendable {
  /// Nobody said: seed 0, with a note.
  case unspecified
  /// The normal distribution; the same seed gives the same style on every machine.
  case seed(UInt64)
  /// A photo or a saved style; the file's content says which.
  case file(path: String)
  /// The weighted mean of photos, saved styles and seeds.
  case blend(StyleBlend)
  /// An `.npy` file of shape `[n]`, or `[maps, n]` for several label maps.
  case array(path: String)

  /// What is wrong with a seed, as words after its option.
  package static func fault(ofSeed text: String) -> String {
    let several = text.contains("-") || text.contains(",")
    return "give a whole number from 0 to \(UInt64.max)"
      + (several ? "; synthesize paints several with --styles, such as --styles seed:1-30." : ".")
  }

  /// Whether somebody said which style.
  var isGiven: Bool { if case .unspecified = self { false } else { true } }

  /// The files it reads.
  package var paths: [String] {
    switch self {
    case .unspecified, .seed: []
    case .file(let path), .array(let path): [path]
    case .blend(let blend): blend.parts.flatMap { $0.source.paths }
    }
  }

  /// The same, where a name that is no file stands for a style of the folder `styles` beside a model: `sunset` for
  /// `styles/sunset.png`.
  package func beside(_ model: String) throws(Failure) -> StyleSource {
    switch self {
    case .file(let path): .file(path: try Self.found(path, beside: model))
    case .blend(let blend): .blend(try blend.beside(model))
    case .unspecified, .seed, .array: self
    }
  }

  private static func found(_ path: String, beside model: String) throws(Failure) -> String {
    // Names of folders and files of other kinds get the sentence of those that cannot be opened.
    guard path != "-", Path.lastPart(of: path) == path, FileIdentity(path)?.isThere == false
    else { return path }
    let (folder, names, stems) = shipped(beside: model)
    let lower = path.lowercased()
    let here = styleFiles(in: ".").first { Path.stem(of: $0).lowercased() == lower }
    guard !names.isEmpty || here != nil else { return path }
    let index =
      names.indices.first { stems[$0] == path || names[$0] == path }
      ?? names.indices.first { stems[$0].lowercased() == lower || names[$0].lowercased() == lower }
    if let index { return Path.joined(folder, names[index]) }
    let meant = (here ?? suggestion(for: path, of: stems)).map { " (did you mean \($0)?)" } ?? ""
    throw Failure(
      "\(path) is no file here, and no style beside the model\(meant)"
        + (stems.isEmpty ? "." : "; those are \(stems.listed)."))
  }

  /// The photos and saved styles of a folder.
  private static func styleFiles(in folder: String) -> [String] {
    (try? PictureNames(in: folder, and: [".z"]).read) ?? []
  }

  /// The folder of styles beside a model, its files, and the names that they are given by.
  private static func shipped(beside model: String) -> (folder: String, names: [String], stems: [String]) {
    let folder = Path.joined(Path.parent(of: model), "styles")
    let names = styleFiles(in: folder)
    return (folder, names, PictureNames.stems(of: names))
  }

  /// The files of the styles beside a model, and the names that they are given by.
  static func all(beside model: String) -> [(path: String, stem: String)] {
    let (folder, names, stems) = shipped(beside: model)
    return zip(names, stems).map { (Path.joined(folder, $0), $1) }
  }

  /// Makes a style of a photo that was read from a path.
  package typealias PhotoEncoder = (_ photo: Picture, _ path: String) throws(Failure) -> [Float]

  /// A style for each of `mapCount` maps, empty for a network without style.
  /// - Parameters:
  ///   - network: The model's or the checkpoint's path, for messages.
  ///   - encode: Gives as many values as the network reads.
  package func styles(
    mapCount: Int, for input: NetworkInput, network: String, encode: PhotoEncoder
  ) throws(Failure) -> [[Float]] {
    guard input.styleCount > 0 else {
      guard case .unspecified = self else {
        throw Failure("\(network) has no style input; give it no style.")
      }
      return [[Float]](repeating: [], count: mapCount)
    }
    let style: [Float]
    switch self {
    case .array(let path):
      return try Self.read(array: path, mapCount: mapCount, styleCount: input.styleCount)
    case .seed(let seed): style = NormalGenerator.style(seed: seed, count: input.styleCount)
    case .file(let path): style = try Self.read(file: path, styleCount: input.styleCount, encode)
    case .blend(let blend):
      var styles: [[Float]] = []
      for part in blend.parts {
        styles.append(try part.source.styles(mapCount: 1, for: input, network: network, encode: encode)[0])
      }
      style = blend.mean(of: styles)
    case .unspecified:
      let stems = Self.shipped(beside: network).stems.prefix(12)
      let named = stems.isEmpty ? "" : "--style and one of \(Array(stems).listed), or "
      Standard.error(
        "note: \(network) takes a style and none was given: seed 0 is used; give \(named)--seed and a number."
      )
      style = NormalGenerator.style(seed: 0, count: input.styleCount)
    }
    return [[Float]](repeating: style, count: mapCount)
  }

  /// The style of a photo or a saved one.
  private static func read(
    file path: String, styleCount: Int, _ encode: PhotoEncoder
  ) throws(Failure) -> [Float] {
    let bytes = try File.content(path)
    if SavedStyle.isMarked(bytes) {
      let values = try SavedStyle(bytes: bytes, path: path).values
      guard values.count == styleCount else {
        throw Failure(
          "\(path) is a style of \(values.count) values and the network reads \(styleCount); give a style that was "
            + "saved with this network.")
      }
      return values
    }
    guard !bytes.isEmpty else { throw Failure("\(path) is empty; copy or export it again.") }
    guard Picture.isJPEG(bytes) || Picture.isPNG(bytes) || OtherPicture(bytes) != nil else {
      throw Failure("\(path) is neither a PNG or JPEG picture nor a saved style; give one of these.")
    }
    return try encode(try Picture(photo: bytes, name: path), path)
  }

  private static func read(
    array path: String, mapCount: Int, styleCount: Int
  ) throws(Failure) -> [[Float]] {
    let array = try NPYArray(path: path)
    if let index = array.values.firstIndex(where: { !$0.isFinite }) {
      throw Failure("\(path) has a value at index \(index) that is not finite; give another style.")
    }
    if array.shape == [styleCount] || array.shape == [1, styleCount] {
      return [[Float]](repeating: array.values, count: mapCount)
    }
    guard array.shape == [mapCount, styleCount] else {
      throw Failure(
        "\(path) has shape \(array.shape.listedExtents) and a style has \(styleCount) values; give shape [\(styleCount)]"
          + (mapCount > 1 ? " or [\(mapCount), \(styleCount)]." : "."))
    }
    return (0..<mapCount).map { Array(array.values[$0 * styleCount..<($0 + 1) * styleCount]) }
  }
}
