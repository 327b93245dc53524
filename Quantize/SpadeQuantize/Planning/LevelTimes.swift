import SpadeCost

/// What the steps of a schedule ask of a level: γ and β of a norm for some rows.
struct WindowRequest: Hashable {
  var norm: StoredNorm.Index
  var rows: Range<Int>
}

extension Schedule {
  /// In the order of the steps.
  func requests(of level: Level.Index, _ network: QuantizedNetwork) -> [WindowRequest] {
    steps.compactMap { step in
      guard case .affine(let norm) = step.action, network.norms[norm].level == level else { return nil }
      return WindowRequest(norm: norm, rows: step.rows)
    }
  }
}

/// How long a level's windows take in the scenes, as the executor numbers them: from the row asked for as far as the places
/// reach, and anew when a request reaches beyond. A norm's γ and β are made once after each numbering.
struct LevelTimes {
  let network: QuantizedNetwork
  let machine: Machine
  let scenes: [PlanScene]
  /// Hidden rows of a tap table, choice by choice.
  let tapRowCapacities: [Int]

  /// - Returns: For each choice of a tap table: seconds, the mean over the scenes.
  func seconds(_ level: Level.Index, _ requests: [WindowRequest], _ capacity: WindowCapacity) -> [Double] {
    var seconds = [Double](repeating: 0, count: tapRowCapacities.count)
    for scene in scenes {
      let counts = scene.counts[level]
      var numbered: NumberedWindows?
      var made: Set<StoredNorm.Index> = []
      for request in requests {
        if let known = numbered, known.rows.lowerBound <= request.rows.lowerBound,
          request.rows.upperBound <= known.rows.upperBound
        {
          guard !made.contains(request.norm) else { continue }
        } else {
          let windows = NumberedWindows(counts, from: request.rows.lowerBound, capacity: capacity)
          add(scene.weight * numbering(windows, width: counts.width), to: &seconds)
          numbered = windows
          made = []
        }
        made.insert(request.norm)
        guard let numbered else { continue }
        add(request, numbered, weight: scene.weight, to: &seconds)
      }
    }
    return seconds
  }

  private func add(_ time: Double, to seconds: inout [Double]) {
    for choice in seconds.indices { seconds[choice] += time }
  }

  private func numbering(_ windows: NumberedWindows, width: Int) -> Double {
    machine.seconds(
      .windows(WindowsShape(rowCount: windows.rows.count, width: width)),
      windows: StepWindows(
        inner: windows.inner, outer: windows.outer, isMade: true, numberedRowCount: windows.rows.count))
  }

  private func add(
    _ request: WindowRequest, _ numbered: NumberedWindows, weight: Double, to seconds: inout [Double]
  ) {
    let windows = StepWindows(inner: numbered.inner, outer: numbered.outer, isMade: true)
    // Only whether the inner windows fit in a tap table matters.
    var known: [Bool: Double] = [:]
    for (choice, capacity) in tapRowCapacities.enumerated() {
      let fits = numbered.inner + 1 <= capacity
      if known[fits] == nil,
        let shapes = network.shapes(request.norm, rows: request.rows, tapRowCapacity: capacity)
      {
        known[fits] =
          machine.seconds(shapes.hidden, windows: windows) + machine.seconds(shapes.affine, windows: windows)
      }
      seconds[choice] += weight * (known[fits] ?? 0)
    }
  }
}
