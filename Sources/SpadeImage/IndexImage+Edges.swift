/// Where the ids of neighbouring pixels differ.
///
/// - Parameter instance: A map of instance ids; only their equality matters.
/// - Returns: `[height, width]`, row by row: 1 where the id differs from that of a pixel above, below, left
///   or right inside the image, so both sides of a border are marked; 0 elsewhere.
public func edges(of instance: IndexImage) -> [UInt8] {
  let width = instance.width
  let values = instance.values
  var edges = [UInt8](repeating: 0, count: values.count)
  for index in values.indices {
    let right = index + 1
    if right % width != 0, values[right] != values[index] {
      edges[index] = 1
      edges[right] = 1
    }
    let below = index + width
    if below < values.count, values[below] != values[index] {
      edges[index] = 1
      edges[below] = 1
    }
  }
  return edges
}
