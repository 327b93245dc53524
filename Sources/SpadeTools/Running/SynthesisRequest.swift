import SpadeFiles
import SpadeImage
import SpadeRuntime

/// What `synthesize` was asked for, in both programs.
package struct SynthesisRequest {
  /// A path, or a name as `ModelList` finds it.
  package private(set) var model: String
  /// A label map, a folder of them, or `-`.
  package let labels: String
  /// A picture, a folder of them, or `-`.
  package let output: String
  package private(set) var source: StyleSource
  package let kernels: KernelSet
  package let threadCount: Int

  package var instances: String?
  package var palette: LabelReading.Colors?
  package var relabel: String?
  package var fill: String?
  package var fit: Fit?
  /// Whether what `Fit.pad` added is cut off the picture again.
  package var cropsBack = false
  /// Of the pictures that are written.
  package var enlargement = Enlargement.none
  /// Several styles for each map, instead of `source`.
  package var styles: StyleList?
  /// Where the style goes.
  package var styleOutput: String?
  /// Where the map goes as it was read.
  package var mapOutput: String?
  /// Pictures painted at a time, of a folder.
  package var jobCount = 1
  package var printsJSON = false
  /// Whether nothing but notes and errors is printed.
  package var isQuiet = false
  /// Whether pictures of a folder that are there already are painted anew.
  package var isForced = false
  /// Whether those are that are older than their map.
  package var paintsNewer = false

  package init(
    model: String, labels: String, output: String, source: StyleSource, kernels: KernelSet, threadCount: Int
  ) {
    self.model = model
    self.labels = labels
    self.output = output
    self.source = source
    self.kernels = kernels
    self.threadCount = threadCount
  }

  /// Whether the output is a folder.
  package var makesFolder: Bool { styles != nil || Folder.isThere(labels) }

  /// What is wrong with the options together, in a sentence.
  package var fault: String? {
    if let wrong = Fit.fault(cropsBack: cropsBack, fit) { return wrong }
    if isQuiet, printsJSON { return "--quiet prints no result and --json prints one; give one of them." }
    if isForced, paintsNewer {
      return "--force paints all pictures anew and --newer those of newer maps; give one of them."
    }
    if styles != nil, source.isGiven {
      return "--styles names all styles; leave --seed, --style, --blend and --z out."
    }
    if makesFolder {
      if output == "-" { return "Many pictures need a folder; give -o a name instead of -." }
      if OutputFile.namesPicture(output), !Folder.isThere(output) {
        return
          "-o \(output) is a picture's name, and a folder of maps or --styles make a folder of them; give a folder's name, such as "
          + "\(OutputFile.withoutEnding(output))."
      }
      if styleOutput != nil { return "--save-style keeps the style of one picture; leave it out." }
      if mapOutput != nil { return "--save-map keeps the map of one picture; leave it out." }
    } else {
      // Maps that are not there are told when they are opened: they may be a folder's.
      if FileIdentity(labels)?.isThere != false {
        if jobCount != 1 { return "--jobs is for a folder of label maps or --styles." }
        if paintsNewer { return "--newer is for a folder of pictures; one picture is always painted anew." }
        if isForced { return "--force is for a folder of pictures; one picture is always painted anew." }
      }
      if printsJSON, output == "-" { return "--json and -o - both print; give one of them." }
      return OutputFile.fault(ofPicture: output)
        ?? mapOutput.flatMap { OutputFile.fault(ofPicture: $0, option: "--save-map") }
    }
    return nil
  }

  /// The same with the files of the model and the styles, where their names stand for those found and for those beside the model.
  func withFiles() throws(Failure) -> SynthesisRequest {
    var request = self
    request.model = try ModelList.path(of: model)
    request.source = try source.beside(request.model)
    request.styles = try styles?.beside(request.model)
    return request
  }

  /// The files it reads, but those of a folder.
  var inputs: [String] {
    [model] + (Folder.isThere(labels) ? [] : [labels]) + [instances, relabel].compactMap { $0 } + source.paths
      + (styles?.paths ?? [])
  }

  func reading(for file: ModelFile) throws(Failure) -> LabelReading {
    try LabelReading(
      for: NetworkInput(file.model), classes: file.classes(), colors: palette, relabel: relabel, fill: fill,
      fit: fit)
  }
}
