// Made by Scripts/kernel-analysis/run; change that instead.

import SpadeCost

extension KernelRates {
  static var cortexA53: KernelRates {
    KernelRates(
      multiplyAdds: 5.02, requantizedValues: 0.39, modulatedValues: 0.24,
      tableAdditions: 3.20, tapAdditions: 1.16,
      tiles: TileRates(
        multiplyAdds: 3.84, codePoints: 0.61, weightPoints: 2.10,
        sumPoints: 0.56))
  }

  static var cortexA72: KernelRates {
    KernelRates(
      multiplyAdds: 7.98, requantizedValues: 0.47, modulatedValues: 0.38,
      tableAdditions: 6.81, tapAdditions: 2.12,
      tiles: TileRates(
        multiplyAdds: 4.00, codePoints: 1.09, weightPoints: 3.35,
        sumPoints: 0.87))
  }

  static var cortexA76: KernelRates {
    KernelRates(
      multiplyAdds: 31.95, requantizedValues: 0.62, modulatedValues: 0.48,
      tableAdditions: 12.61, tapAdditions: 3.42,
      tiles: nil)
  }
}
