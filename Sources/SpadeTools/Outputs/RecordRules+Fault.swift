import SpadeModel

// What a record of a model file does wrong, after "buffer 3: " and the like.

extension ConfigurationRule {
  var fault: String {
    switch self {
    case .width: "the picture's width"
    case .height: "the picture's height"
    case .labelCount: "the count of labels"
    case .unknownLabel: "the unknown label"
    case .edges: "the flag of instance borders"
    case .styleCount: "the style's length"
    case .kernelSize: "the kernel size"
    case .hiddenChannelCount: "the count of hidden channels"
    case .channelUnit: "ngf"
    case .doublingCount: "the count of doublings"
    case .normalization: "the normalisation"
    case .nameCount: "the count of names"
    case .bufferCount: "the count of buffers"
    case .levelCount: "the count of levels"
    case .tableCount: "the count of tables"
    case .productCount: "the count of products"
    case .normCount: "the count of norms"
    case .stepCount: "the count of steps"
    case .symbolBuffer: "the symbols' buffer"
    case .stateBuffer: "the state's buffer"
    case .symbolLifetime: "the lifetime of the symbols' buffer"
    case .stateLifetime: "the lifetime of the state's buffer"
    case .encoderChannelUnit: "the style encoder's ngf"
    case .encoderWithoutStyle: "a style encoder without a style"
    case .tapRowCapacity: "the rows of tap tables"
    case .tiles: "the flag of tiles"
    case .pictureChannelCount: "the count of the picture's input channels"
    }
  }
}

extension BufferRule {
  var fault: String {
    switch self {
    case .kind: "an unknown kind"
    case .name: "no name"
    case .alignment: "an unaligned offset"
    case .outsideArena: "ends outside the arena"
    case .byteCount: "larger than 2 GiB"
    case .lifetime: "an impossible lifetime"
    case .shared: "more than one user"
    case .channels: "channels"
    case .usedChannels: "more channels used than there are"
    case .width: "width"
    case .height: "height"
    case .rowCapacity: "rows kept"
    case .tensor: "smaller than its tensor"
    case .scale: "scale"
    case .overlap: "overlaps another buffer"
    }
  }
}

extension LevelRule {
  var fault: String {
    switch self {
    case .width: "width"
    case .height: "height"
    case .shift: "shift"
    case .picture: "does not cover the picture"
    case .innerCapacity: "capacity for inner windows"
    case .outerCapacity: "capacity for outer windows"
    case .buffer: "no fitting buffer"
    }
  }
}

extension TableRule {
  var fault: String {
    switch self {
    case .channels: "channels"
    case .kernelSize: "kernel size"
    case .size: "larger than an offset can say"
    case .rows: "rows beyond the weights"
    case .bias: "bias beyond the weights"
    }
  }
}

extension ProductRule {
  var fault: String {
    switch self {
    case .kernelSize: "kernel size"
    case .depth: "depth"
    case .panelCount: "count of panels"
    case .usedDepth: "input channels used"
    case .usedColumns: "output columns used"
    case .name: "no name"
    case .panels: "panels beyond the weights"
    case .scales: "scales beyond the weights"
    }
  }
}

extension NormRule {
  var fault: String {
    switch self {
    case .channels: "channels"
    case .biasFactor: "bias factor"
    case .slope: "slope"
    case .isFine: "codes that are neither fine nor not"
    case .name: "no name"
    case .scales: "scales beyond the weights"
    case .zeroPoints: "zero points beyond the weights"
    case .constants: "constants beyond the weights"
    case .level: "no such level"
    case .table: "no such table"
    case .product: "no such product"
    case .strayField: "a field that it does not use"
    case .tableShape: "a table of another shape"
    case .productShape: "a product of another shape"
    case .features: "depthwise weights beyond the weights"
    case .featureHigh: "codes of features in another form than this version's: quantise the checkpoint again"
    case .hiddenBuffer: "no fitting buffer for activations"
    case .affineBuffer: "no fitting buffer for affines"
    }
  }
}

extension ColumnRule {
  var fault: String {
    switch self {
    case .scale: "a scale outside 0 to 0.5"
    case .zeroPoint: "a zero point that is no code"
    case .constant: "a constant of -32768"
    case .weight: "a weight of -128"
    case .weightSum: "weights too large for tiles"
    case .depthwiseSum: "depthwise weights too large for sums over a map"
    case .featureUnit: "a feature's unit outside 0 to 2^48"
    case .unsignedBias: "a second bias that does not fit its weights"
    case .encoderBias: "a bias that is not 0"
    case .styleBias: "a bias that is not finite"
    }
  }
}

extension TestRule {
  var fault: String {
    switch self {
    case .size: "shorter than its runs"
    case .emptyRun: "an empty run"
    case .label: "an unknown label"
    case .edge: "a border that the network does not read"
    case .pixelCount: "runs that do not cover the picture"
    case .style: "a style that is not finite"
    }
  }
}
