import SpadeCost

/// A processor core as the kernels see it.
public struct Core: Sendable {
  public let name: StaticString
  /// The fastest kernel set it runs.
  public let kernelSet: StaticString
  /// Multiply-adds a cycle of the product kernel if only its arithmetic counted: of 128-bit instructions that use the
  /// vector units, how many the core begins in a cycle.
  public let peakMultiplyAddsPerCycle: Double
  /// What the kernels reach.
  public let rates: KernelRates
  /// What the work between them takes.
  public let scalars: ScalarCycles

  public init(
    name: StaticString, kernelSet: StaticString, peakMultiplyAddsPerCycle: Double, rates: KernelRates,
    scalars: ScalarCycles
  ) {
    self.name = name
    self.kernelSet = kernelSet
    self.peakMultiplyAddsPerCycle = peakMultiplyAddsPerCycle
    self.rates = rates
    self.scalars = scalars
  }
}

extension Core {
  /// In order, one 128-bit vector instruction a cycle. Three of them make 16 multiply-adds: `smull`, `smlal`, `sadalp`.
  public static var cortexA53: Core {
    Core(
      name: "Cortex-A53", kernelSet: "neon",
      peakMultiplyAddsPerCycle: 16.0 / 3,
      rates: .cortexA53, scalars: .outOfOrder.scaled(by: 2.5))
  }

  /// Out of order, two 128-bit vector pipelines, of which one multiplies: 8 multiply-adds for each `smull` or `smlal`,
  /// while `sadalp` takes the other.
  public static var cortexA72: Core {
    Core(
      name: "Cortex-A72", kernelSet: "neon",
      peakMultiplyAddsPerCycle: 8,
      rates: .cortexA72, scalars: .outOfOrder)
  }

  /// Out of order, two `sdot` a cycle of 16 multiply-adds each.
  public static var cortexA76: Core {
    Core(
      name: "Cortex-A76", kernelSet: "neondot", peakMultiplyAddsPerCycle: 32,
      rates: .cortexA76, scalars: .outOfOrder)
  }
}

extension ScalarCycles {
  /// As measured on an x86-64 core that begins as many instructions a cycle as the larger cores here. One that runs in order
  /// takes two to three times as long.
  static var outOfOrder: ScalarCycles {
    ScalarCycles(pixelOffset: 2, windowOffset: 5, numberedPixel: 24, foundWindow: 130, color: 3)
  }
}
