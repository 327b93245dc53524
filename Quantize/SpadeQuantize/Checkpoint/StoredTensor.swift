/// A tensor's place in the file: a strided view of a storage, checked to lie inside it.
struct StoredTensor: Sendable {
  /// Dimensions any tensor of a state dict may have.
  static let maximumRank = 8

  let info: TensorInfo
  /// First byte of the view's element 0 in the file.
  let byteOffset: Int
  /// Distance in elements between neighbours along each dimension; zero where there are none.
  let strides: [Int]
  /// Whether the elements follow each other without gaps, last dimension fastest.
  let isContiguous: Bool

  /// - Parameters:
  ///   - elementOffset: First element of the view in the storage.
  ///   - storage: The storage's bytes in the file, a whole number of elements.
  init(
    name: String, elementType: ElementType, shape: [Int], strides: [Int], elementOffset: Int,
    storage: Range<Int>
  ) throws(CheckpointError) {
    guard shape.count == strides.count, shape.count <= Self.maximumRank, elementOffset >= 0,
      shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 }),
      let elementCount = checkedProduct(shape)
    else { throw .malformedShape(tensor: name, shape: shape) }

    let storageCount = storage.count / elementType.byteCount
    var last = elementOffset
    var contiguousStride = 1
    var isContiguous = true
    for (extent, stride) in zip(shape, strides).reversed() where elementCount > 0 {
      let (span, spanOverflow) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (next, sumOverflow) = last.addingReportingOverflow(span)
      guard !spanOverflow, !sumOverflow else { throw .malformedShape(tensor: name, shape: shape) }
      last = next
      if extent > 1 && stride != contiguousStride { isContiguous = false }
      contiguousStride *= extent
    }
    guard elementCount == 0 || last < storageCount else {
      throw .tensorOutsideStorage(
        tensor: name, end: last == .max ? last : last + 1, storageCount: storageCount)
    }
    guard elementCount <= storageCount else {
      throw .tensorLargerThanStorage(tensor: name, elementCount: elementCount, storageCount: storageCount)
    }
    info = TensorInfo(shape: shape, elementType: elementType)
    byteOffset =
      elementCount == 0 ? storage.lowerBound : storage.lowerBound + elementOffset * elementType.byteCount
    self.strides = zip(shape, strides).map { extent, stride in extent > 1 ? stride : 0 }
    self.isContiguous = isContiguous
  }

  /// Strides of a tensor whose elements follow each other, last dimension fastest.
  static func contiguousStrides(_ shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1].multipliedReportingOverflow(by: shape[axis + 1]).partialValue
    }
    return strides.map { max($0, 0) }
  }
}

/// The product of nonnegative extents, or `nil` where it does not fit an `Int`. Zero extents do not hide an overflow.
func checkedProduct(_ extents: [Int]) -> Int? {
  var product = 1
  for extent in extents where extent != 0 {
    let (next, overflow) = product.multipliedReportingOverflow(by: extent)
    if overflow { return nil }
    product = next
  }
  return extents.contains(0) ? 0 : product
}
