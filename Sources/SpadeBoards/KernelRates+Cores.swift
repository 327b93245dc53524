// Made by Scripts/kernel-analysis/run; change that instead.

import SpadeCost

extension KernelRates {
  static var cortexA53: KernelRates {
    KernelRates(
      multiplyAdds: 5.02, requantizedValues: 0.39, modulatedValues: 0.29,
      tableAdditions: 3.20, tapAdditions: 1.14,
      tiles: TileRates(
        multiplyAdds: 3.84, codePoints: 0.80, weightPoints: 2.10,
        sumPoints: 0.54, pixels: 0.90))
  }

  static var cortexA72: KernelRates {
    KernelRates(
      multiplyAdds: 7.98, requantizedValues: 0.47, modulatedValues: 0.43,
      tableAdditions: 6.81, tapAdditions: 3.15,
      tiles: TileRates(
        multiplyAdds: 4.00, codePoints: 1.42, weightPoints: 3.35,
        sumPoints: 1.07, pixels: 1.28))
  }

  static var cortexA76: KernelRates {
    KernelRates(
      multiplyAdds: 31.95, requantizedValues: 0.62, modulatedValues: 0.56,
      tableAdditions: 12.61, tapAdditions: 5.71,
      tiles: nil)
  }
}
