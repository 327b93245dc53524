/// Median, least and greatest of a measurement over several runs. Of an even number the median is the lower of the two in
/// the middle, so that there is a run that has it.
package struct Spread {
  package let median: Double
  package let min: Double
  package let max: Double

  /// - Parameter values: At least one.
  package init(_ values: [Double]) {
    let sorted = values.sorted()
    median = sorted[(sorted.count - 1) / 2]
    min = sorted[0]
    max = sorted[sorted.count - 1]
  }
}
