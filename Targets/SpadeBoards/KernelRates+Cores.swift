// Made by Targets/kernel-analysis/run; change that instead.

extension KernelRates {
  static var cortexA53: KernelRates {
    KernelRates(
      multiplyAdds: 5.02, requantizedValues: 0.39, modulatedValues: 0.29,
      tableAdditions: 3.20, tapAdditions: 1.14)
  }

  static var cortexA72: KernelRates {
    KernelRates(
      multiplyAdds: 7.98, requantizedValues: 0.47, modulatedValues: 0.43,
      tableAdditions: 6.81, tapAdditions: 3.15)
  }

  static var cortexA76: KernelRates {
    KernelRates(
      multiplyAdds: 31.95, requantizedValues: 0.62, modulatedValues: 0.56,
      tableAdditions: 12.61, tapAdditions: 5.71)
  }
}
