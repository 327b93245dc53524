/// Median, least and greatest of a measurement over several runs. Of an even number the median is the lower of the two in
/// the middle, so that there is a run that has it.
struct Spread {
  let median: Double
  let min: Double
  let max: Double

  /// - Parameter values: At least one.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    median = sorted[(sorted.count - 1) / 2]
    min = sorted[0]
    max = sorted[sorted.count - 1]
  }
}
