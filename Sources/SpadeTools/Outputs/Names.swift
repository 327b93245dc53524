import SpadeModel

// Embedded Swift has no reflection: names that messages and tables show are written out.

extension StepKind {
  package var name: String {
    switch self {
    case .windows: "windows"
    case .hidden: "hidden"
    case .affine: "affine"
    case .modulate: "modulate"
    case .convolve: "convolve"
    case .normalize: "normalize"
    case .labelFirst: "labelFirst"
    case .styleFirst: "styleFirst"
    case .styleBias: "styleBias"
    case .picture: "picture"
    case .statistics: "statistics"
    }
  }
}

extension Section {
  package var name: String {
    switch self {
    case .configuration: "configuration"
    case .names: "names"
    case .buffers: "buffers"
    case .levels: "levels"
    case .tables: "tables"
    case .products: "products"
    case .norms: "norms"
    case .steps: "steps"
    case .weights: "weights"
    case .test: "test"
    case .encoder: "encoder"
    case .metadata: "metadata"
    }
  }
}
