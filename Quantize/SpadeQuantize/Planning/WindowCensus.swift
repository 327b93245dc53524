import SpadeInput

/// How many distinct windows label maps have at one resolution.
public struct WindowCensus: Sendable {
  public let width: Int
  public let height: Int
  /// Largest count over the maps: k×k windows of symbols, and k×k windows of those.
  public let inner: Int
  public let outer: Int

  init(width: Int, height: Int, inner: Int, outer: Int) {
    self.width = width
    self.height = height
    self.inner = inner
    self.outer = outer
  }

  /// - Parameters:
  ///   - maps: At network resolution.
  ///   - width, height: Of the level; the maps are read at the top-left pixel of each cell.
  init(maps: [LabelMap], width: Int, height: Int, kernelSize: Int) {
    var inner = 0
    var outer = 0
    for map in maps {
      let stride = map.width / width
      var plane = [Int](repeating: 0, count: width * height)
      for y in 0..<height {
        for x in 0..<width {
          let at = y * stride * map.width + x * stride
          plane[y * width + x] = Int(map.ids[at]) * 2 + (map.edges.map { Int($0[at]) } ?? 0)
        }
      }
      let innerPlane = Self.number(plane, width: width, height: height, kernelSize: kernelSize)
      let outerPlane = Self.number(innerPlane, width: width, height: height, kernelSize: kernelSize)
      inner = max(inner, (innerPlane.max() ?? 0) + 1)
      outer = max(outer, (outerPlane.max() ?? 0) + 1)
    }
    self.init(width: width, height: height, inner: inner, outer: outer)
  }

  /// Numbers the windows by a 64-bit hash: a collision would only make a count one too small.
  private static func number(_ plane: [Int], width: Int, height: Int, kernelSize: Int) -> [Int] {
    let radius = kernelSize / 2
    var numbers = plane
    var known: [UInt64: Int] = [:]
    plane.withUnsafeBufferPointer { plane in
      for y in 0..<height {
        for x in 0..<width {
          var hash: UInt64 = 0
          for row in (y - radius)...(y + radius) {
            for column in (x - radius)...(x + radius) {
              let inside = row >= 0 && row < height && column >= 0 && column < width
              hash =
                (hash ^ UInt64(bitPattern: Int64(inside ? plane[row * width + column] : -1)))
                &* 0x9E37_79B9_7F4A_7C15
              hash ^= hash &>> 31
            }
          }
          let next = known.count
          numbers[y * width + x] = known[hash, default: next]
          if numbers[y * width + x] == next { known[hash] = next }
        }
      }
    }
    return numbers
  }
}

extension QuantizedNetwork {
  /// The windows of `maps` at each level.
  func censuses(of maps: [LabelMap]) -> Indexed<Level, WindowCensus> {
    levels.mapValues {
      WindowCensus(maps: maps, width: $0.width, height: $0.height, kernelSize: configuration.kernelSize)
    }
  }
}
