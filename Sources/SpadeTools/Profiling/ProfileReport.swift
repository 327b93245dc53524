import SpadeCost
import SpadeModel
import SpadeRuntime

/// Where the time of a frame goes: the facts behind `spade profile`, as text and, with keys in snake case, as JSON.
package struct ProfileReport: Reportable {
  /// Some steps of the frame, taken together.
  package struct Row: Reportable {
    package let block: String
    /// `nil` for a whole block.
    package let layer: String?
    package let kind: String?
    /// Steps: more than one where a layer runs in bands.
    package let count: Int
    package let medianMs: Double
    package let minMs: Double
    package let maxMs: Double
    /// In the run whose frame has the median time; these add up to that frame.
    package let medianRunMs: Double
    /// Products done with this plan and these kernels, and multiply-adds of the dense network.
    package let macsDone: Int
    package let macsDense: Int
    /// Billions of multiply-adds done a second, and that as a part of the peak; `nil` where there are none.
    package let gmacsPerS: Double?
    package let peakShare: Double?
    /// An estimate: what the steps read and write, every byte once a step.
    package let bytes: Int
  }

  package struct Window: Reportable {
    package let width: Int
    package let height: Int
    package let pixels: Int
    /// Distinct k×k windows of labels known at once, and distinct windows of those.
    package let inner: Int
    package let outer: Int
    package let innerCapacity: Int
    package let outerCapacity: Int
    /// Windows whose γ and β were made for one norm: more than distinct ones where some were forgotten and met again.
    package let made: Int
  }

  package struct Occupancy: Reportable {
    /// The first step with this many bytes.
    package let step: Int
    package let bytes: Int
  }

  package struct PageFaults: Reportable {
    package let minor: Int
    package let major: Int
    package let minorDuringRuns: Int
    package let majorDuringRuns: Int
  }

  package let model: String
  /// XXH64 of the file, in hexadecimal.
  package let modelChecksum: String
  package let labels: String
  package let program: String
  /// `nil` where the system does not say.
  package let cpu: String?
  package let width: Int
  package let height: Int
  package let isa: String
  package let threads: Int
  package let runs: Int
  /// Whole frames, from the label ids to the picture.
  package let medianMs: Double
  package let minMs: Double
  package let maxMs: Double
  /// The times of `steps` in the frame with the median time, added up.
  package let stepSumMs: Double
  package let fileBytes: Int
  /// With `threads` threads; of these the buffers of the plan.
  package let arenaBytes: Int
  package let planBytes: Int
  /// Bytes of the plan's buffers that hold something needed, wherever the number changes.
  package let arenaOccupancy: [Occupancy]
  package let peakRssBytes: Int?
  package let pageFaults: PageFaults
  /// Billions of multiply-adds a second of this CPU at best, with this instruction set and so many threads.
  package let peakGmacsPerS: Double
  /// The same of convolutions by tiles, which do a quarter of a dense convolution's; `nil` where the set has none.
  package let peakTileGmacsPerS: Double?
  package let macsDense: Int
  package let macsDone: Int
  package let windows: [Window]
  package let steps: [Row]
  package let blocks: [Row]
  package let stepCount: Int
  package let systemBefore: SystemState
  package let systemAfter: SystemState
}

extension ProfileReport {
  package init(
    _ profile: FrameProfile, file: ModelFile, labels: String, kernels: KernelSet, threadCount: Int,
    peak: ProductPeak, before: SystemState
  ) {
    let model = file.model
    let frame = Spread(profile.runs.map { $0.milliseconds })
    self.model = file.path
    modelChecksum = file.checksum.hexadecimal
    program = Version.program
    cpu = CPUName.read(root: "")
    self.labels = labels
    width = model.width
    height = model.height
    isa = kernels.name
    threads = threadCount
    runs = profile.runs.count
    medianMs = frame.median
    minMs = frame.min
    maxMs = frame.max
    fileBytes = file.byteCount
    arenaBytes = Runtime.arenaByteCount(model: model, threadCount: threadCount)
    planBytes = model.planByteCount
    arenaOccupancy = Self.occupancy(of: model)
    let use = ProcessUse()
    peakRssBytes = ProcessUse.peakByteCount
    pageFaults = PageFaults(
      minor: use.minorFaultCount, major: use.majorFaultCount, minorDuringRuns: profile.minorFaultCount,
      majorDuringRuns: profile.majorFaultCount)
    // The clock may have been lower while the peak was measured: no step is faster than the best.
    let layers = Group.layers(of: model)
    let excess =
      layers.map {
        Row($0.group, steps: $0.steps, of: profile, model: model, peak: peak).peakShare ?? 0
      }.max() ?? 0
    let peak = peak.scaled(by: max(1, excess))
    peakGmacsPerS = peak.product / 1e9
    peakTileGmacsPerS = peak.tiles.map { $0 / 1e9 }
    macsDense = Int(model.denseProductCount)
    macsDone = profile.costs.reduce(0) { $0 + $1.productCount }
    windows = profile.levels.indices.map { Window(model.level(LevelIndex($0)), profile.levels[$0]) }
    steps =
      [
        Row(
          Group(block: "input", layer: "input", kind: "begin"), steps: [], of: profile, model: model,
          peak: peak)
      ]
      + layers.map {
        Row($0.group, steps: $0.steps, of: profile, model: model, peak: peak)
      }
    blocks =
      [Row(Group(block: "input"), steps: [], of: profile, model: model, peak: peak)]
      + Group.blocks(of: model).map {
        Row($0.group, steps: $0.steps, of: profile, model: model, peak: peak)
      }
    stepSumMs = steps.reduce(0) { $0 + $1.medianRunMs }
    stepCount = model.stepCount
    systemBefore = before
    systemAfter = SystemState()
  }

  private static func occupancy(of model: Model) -> [Occupancy] {
    let buffers = (0..<model.bufferCount).map { model.buffer(BufferIndex($0)) }
    var changes: [Occupancy] = []
    for step in 0..<model.stepCount {
      let bytes = buffers.reduce(0) {
        $1.firstStep <= step && step <= $1.lastStep ? $0 + Int($1.byteCount) : $0
      }
      if changes.last?.bytes != bytes { changes.append(Occupancy(step: step, bytes: bytes)) }
    }
    return changes
  }

  /// The plan's bytes in use during a step.
  package func occupancy(at step: Int) -> Int { arenaOccupancy.last { $0.step <= step }?.bytes ?? 0 }
}

extension ProfileReport.Window {
  fileprivate init(_ level: LevelRecord, _ found: FrameProfile.Level) {
    width = Int(level.width)
    height = Int(level.height)
    pixels = width * height
    inner = found.inner
    outer = found.outer
    innerCapacity = Int(level.innerCapacity)
    outerCapacity = Int(level.outerCapacity)
    made = found.madeCount
  }
}

/// What the steps of a row have in common.
private struct Group: Hashable {
  var block: String
  var layer: String?
  var kind: String?

  /// Steps of one kind within a layer, in the order in which the first of each runs.
  static func layers(of model: Model) -> [(group: Group, steps: [Int])] {
    collect(model) {
      Group(block: model.text($0.block), layer: model.text($0.name), kind: $0.operation.kind.name)
    }
  }

  static func blocks(of model: Model) -> [(group: Group, steps: [Int])] {
    collect(model) { Group(block: model.text($0.block)) }
  }

  private static func collect(
    _ model: Model, by group: (Step) -> Group
  ) -> [(group: Group, steps: [Int])] {
    var places: [Group: Int] = [:]
    var groups: [(group: Group, steps: [Int])] = []
    for index in 0..<model.stepCount {
      let key = group(model.step(StepIndex(index)))
      if places[key] == nil {
        places[key] = groups.count
        groups.append((key, []))
      }
      groups[places[key, default: 0]].steps.append(index)
    }
    return groups
  }
}

extension ProfileReport.Row {
  /// - Parameter steps: None for taking the input.
  fileprivate init(
    _ group: Group, steps: [Int], of profile: FrameProfile, model: Model, peak: ProductPeak
  ) {
    func milliseconds(_ run: FrameProfile.Run) -> Double {
      steps.isEmpty ? run.inputMilliseconds : steps.reduce(0) { $0 + run.milliseconds(step: $1) }
    }
    let time = Spread(profile.runs.map(milliseconds))
    medianRunMs = milliseconds(profile.medianRun)
    block = group.block
    layer = group.layer
    kind = group.kind
    count = steps.count
    medianMs = time.median
    minMs = time.min
    maxMs = time.max
    macsDone = steps.reduce(0) { $0 + profile.costs[$1].productCount }
    macsDense = steps.reduce(0) { $0 + profile.costs[$1].denseProductCount }
    bytes = steps.reduce(0) { $0 + profile.costs[$1].byteCount }
    let isRate = macsDone > 0 && time.median > 0
    gmacsPerS = isRate ? Double(macsDone) / time.median / 1e6 : nil
    let seconds = steps.reduce(0) {
      $0 + Double(profile.costs[$1].productCount) / peak.rate(model.step(StepIndex($1)).operation)
    }
    peakShare = isRate ? seconds / time.median * 1e3 : nil
  }
}
