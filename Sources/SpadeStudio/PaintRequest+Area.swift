import SpadeImage
import SpadeTools

// Which part of the picture comes back: a drawing of another shape lies on a part of the network's picture, and what is around it was added.

extension PaintRequest {
  /// - Parameter content: Where the drawing is in the picture; `nil` for ids, which are at the network's size.
  static func area(_ query: Query, content: PixelArea?, _ input: NetworkInput) throws(Refusal) -> PixelArea {
    let cropsBack = query["crop_back"] ?? "0"
    guard ["0", "1"].contains(cropsBack) else {
      throw Refusal(400, "crop_back is 1 for a picture without what fit=pad adds to a drawing, else 0.")
    }
    guard cropsBack == "0" || query["fit"] == "pad" else {
      throw Refusal(
        400, "crop_back=1 cuts off what fit=pad adds to a drawing; send fit=pad too, or leave crop_back out.")
    }
    guard let named = query["area"] else {
      let whole = PixelArea(width: input.width, height: input.height)
      return cropsBack == "1" ? content ?? whole : whole
    }
    guard cropsBack == "0" else {
      throw Refusal(
        400, "area and crop_back each say which part of the picture comes back; send one of them.")
    }
    let numbers = named.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
    guard numbers.count == 4, let area = PixelArea(numbers, width: input.width, height: input.height) else {
      throw Refusal(
        400,
        "area is x,y,width,height of a part of the picture, which is \(input.width) by \(input.height) pixels."
      )
    }
    return area
  }
}

extension PixelArea {
  /// x, y, width and height, if that is a part of a picture.
  fileprivate init?(_ numbers: [Int], width: Int, height: Int) {
    let (x, y) = (numbers[0], numbers[1])
    guard (0..<width).contains(x), (0..<height).contains(y), (1...width - x).contains(numbers[2]),
      (1...height - y).contains(numbers[3])
    else { return nil }
    self.init(x: x, y: y, width: numbers[2], height: numbers[3])
  }
}
