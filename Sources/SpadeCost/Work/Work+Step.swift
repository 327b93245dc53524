extension Work {
  /// What a machine has to do in a step.
  public init(_ step: StepShape, windows: StepWindows = StepWindows(), on machine: Machine) {
    self.init()
    var sum = Work()
    step.forEachLoop(windows: windows, on: machine) { sum += $0.work }
    self = sum
  }
}
