/// How a map of another shape than the network's becomes one of the network's.
public enum Fit: String, CaseIterable, Sendable {
  /// Squeezed or drawn out.
  case stretch
  /// Its middle, without what reaches beyond the network's shape.
  case crop
  /// All of it, with its border pixels repeated where the network's shape reaches beyond.
  case pad
}

/// A rectangle of pixels; as a window over a picture it may reach beyond it.
public struct PixelArea: Equatable, Sendable {
  public let x: Int
  public let y: Int
  public let width: Int
  public let height: Int

  public init(x: Int = 0, y: Int = 0, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

extension Fit {
  /// The part of a map that a network of another size sees.
  /// - Parameters:
  ///   - width: Of the map, positive, and so are the others.
  ///   - targetWidth: Of the network.
  public func window(width: Int, height: Int, targetWidth: Int, targetHeight: Int) -> PixelArea {
    let isWide = width * targetHeight > height * targetWidth
    guard self != .stretch else { return PixelArea(width: width, height: height) }
    if isWide == (self == .crop) {
      let part = max(1, (2 * height * targetWidth + targetHeight) / (2 * targetHeight))
      return PixelArea(x: (width - part) / 2, width: part, height: height)
    }
    let part = max(1, (2 * width * targetHeight + targetWidth) / (2 * targetWidth))
    return PixelArea(y: (height - part) / 2, width: width, height: part)
  }

  /// Whether two shapes differ by more than a fiftieth.
  public static func differs(width: Int, height: Int, targetWidth: Int, targetHeight: Int) -> Bool {
    let (a, b) = (width * targetHeight, height * targetWidth)
    return abs(a - b) * 50 > max(a, b)
  }
}

extension IndexImage {
  /// A window of the map, resized by nearest neighbour as `resized`; beyond the map its border pixels are repeated.
  public func resized(_ window: PixelArea, width: Int, height: Int) -> IndexImage {
    let columns = nearestSources(inputCount: window.width, outputCount: width)
    let rows = nearestSources(inputCount: window.height, outputCount: height)
    var resized = [UInt16]()
    resized.reserveCapacity(width * height)
    for row in rows {
      let start = min(max(row + window.y, 0), self.height - 1) * self.width
      for column in columns { resized.append(values[start + min(max(column + window.x, 0), self.width - 1)]) }
    }
    return IndexImage(uncheckedWidth: width, height: height, values: resized)
  }

  /// Where the map itself is in the result of `resized(_:width:height:)`.
  public func content(of window: PixelArea, width: Int, height: Int) -> PixelArea {
    func range(_ sources: [Int], _ offset: Int, _ count: Int) -> (start: Int, count: Int) {
      let isInside = sources.map { (0..<count).contains($0 + offset) }
      return (isInside.firstIndex(of: true) ?? 0, isInside.reduce(0) { $0 + ($1 ? 1 : 0) })
    }
    let columns = range(nearestSources(inputCount: window.width, outputCount: width), window.x, self.width)
    let rows = range(nearestSources(inputCount: window.height, outputCount: height), window.y, self.height)
    return PixelArea(x: columns.start, y: rows.start, width: columns.count, height: rows.count)
  }
}

extension IndexImage {
  /// A part of the map.
  /// - Precondition: The area lies inside it and is not empty.
  public func cropped(to area: PixelArea) -> IndexImage {
    var part: [UInt16] = []
    part.reserveCapacity(area.width * area.height)
    for row in area.y..<area.y + area.height {
      let start = row * width + area.x
      part += values[start..<start + area.width]
    }
    return IndexImage(uncheckedWidth: area.width, height: area.height, values: part)
  }
}

extension Picture {
  /// A part of the picture.
  /// - Precondition: The area lies inside it and is not empty.
  public func cropped(to area: PixelArea) throws(ImageError) -> Picture {
    var part: [UInt8] = []
    part.reserveCapacity(3 * area.width * area.height)
    for row in area.y..<area.y + area.height {
      let start = 3 * (row * width + area.x)
      part += bytes[start..<start + 3 * area.width]
    }
    return try Picture(width: area.width, height: area.height, bytes: part)
  }
}
