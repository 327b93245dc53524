import ArgumentParser

/// Whether pictures have the drawing's shape again.
struct CropOption: ParsableArguments {
  @Flag(help: "Cut what --fit pad added off the picture again, so that it has the drawing's shape.")
  var cropBack = false
}
