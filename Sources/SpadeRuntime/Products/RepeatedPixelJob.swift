import CSpadeKernels
import SpadeModel

/// A 1×1 convolution of a tensor whose pixels often repeat: a doubled tensor is the same at the four pixels of a square wherever
/// their windows are. Then one of them is multiplied, and the others get its result.
///
/// A task takes an area of two rows by up to four panels. Tasks that follow each other share their panels.
struct RepeatedPixelJob: PoolJob {
  let panels: WeightPanels
  let input: Plane
  /// Without a residual.
  let output: WideOutput
  let wide: Plane
  let rows: Range<Int>
  let isFine: Bool

  static let body: ThreadPool.Body = { runTask(of: Self.self, $0, $1, $2) }

  private static let areaHeight = 2
  private static let areaWidth = 64

  private var areasAcross: Int { (input.width + Self.areaWidth - 1) / Self.areaWidth }
  private var areaCount: Int { areasAcross * ((rows.count + Self.areaHeight - 1) / Self.areaHeight) }

  var taskCount: Int { areaCount * ((panels.count + Scratch.panelCount - 1) / Scratch.panelCount) }

  func run(task: Int, scratch: Scratch) {
    let area = area(task % areaCount)
    let first = task / areaCount * Scratch.panelCount
    let panels = Range(uncheckedBounds: (first, min(first + Scratch.panelCount, self.panels.count)))
    let pixelCount = findRepeats(area, scratch)
    if first == 0 { scratch.multipliedPixelCount.pointee += pixelCount }

    // Blocks of about one size: a small last one would use the kernel badly.
    let most = self.panels.blockRowCount(isFine: isFine)
    let blockCount = (pixelCount + most - 1) / most
    for block in 0..<blockCount {
      multiply(pixelCount * block / blockCount..<pixelCount * (block + 1) / blockCount, panels, scratch)
    }
    if pixelCount < area.width * area.height { copyRepeats(area, panels, scratch) }
  }

  private typealias Area = (y: Int, x: Int, width: Int, height: Int)

  private func area(_ index: Int) -> Area {
    let row = index / areasAcross * Self.areaHeight
    let x = index % areasAcross * Self.areaWidth
    return (
      rows.lowerBound + row, x, min(Self.areaWidth, input.width - x), min(Self.areaHeight, rows.count - row)
    )
  }

  /// Lists the pixels that have to be multiplied, and for each pixel the one whose result it gets.
  /// - Returns: How many there are.
  private func findRepeats(_ area: Area, _ scratch: Scratch) -> Int {
    let sources = scratch.repeatSources
    var count = 0
    for row in 0..<area.height {
      let line = sources + row &* Self.areaWidth
      let codes = input.codes + input.codeOffset(area.y &+ row, area.x)
      let above = row == 0 ? codes : input.codes + input.codeOffset(area.y &+ row &- 1, area.x)
      let wideStart = wide.pixel(area.y &+ row, area.x)
      for x in 0..<area.width {
        let pixel = codes + x &* input.channels
        // Squares begin at even columns, as areas do.
        if x & 1 == 1, isSame(pixel, pixel - input.channels) {
          line[x] = line[x &- 1]
        } else if row > 0, isSame(pixel, above + x &* input.channels) {
          line[x] = sources[x]
        } else {
          line[x] = Int32(truncatingIfNeeded: (wideStart &+ x) &* wide.channels)
          scratch.pixelCodes[count] = Int32(truncatingIfNeeded: pixel - input.codes)
          scratch.pixelOutputs[count] = line[x]
          count &+= 1
        }
      }
    }
    return count
  }

  @inline(__always)
  private func isSame(_ a: UnsafePointer<Int8>, _ b: UnsafePointer<Int8>) -> Bool {
    spade_is_same(a, b, input.channels) != 0
  }

  /// Multiplies some of the pixels that have to be.
  private func multiply(_ block: Range<Int>, _ panels: Range<Int>, _ scratch: Scratch) {
    scratch.offsets.update(from: scratch.pixelCodes + block.lowerBound, count: block.count)
    scratch.outputOffsets.update(from: scratch.pixelOutputs + block.lowerBound, count: block.count)
    let sumRows = self.panels.multiply(
      base: input.codes, pixelCount: block.count, high: isFine ? ModelFormat.fineHigh : nil, panels: panels,
      scratch: scratch)
    for index in 0..<panels.count {
      output.write(
        scratch.accumulators + index * sumRows * ModelFormat.panelColumns, rowCount: block.count,
        panel: panels.lowerBound + index, scratch: scratch)
    }
  }

  /// Gives the other pixels their results.
  private func copyRepeats(_ area: Area, _ panels: Range<Int>, _ scratch: Scratch) {
    let column = panels.lowerBound * ModelFormat.panelColumns
    let count = panels.count * ModelFormat.panelColumns
    for row in 0..<area.height {
      let sources = scratch.repeatSources + row &* Self.areaWidth
      var offset = wide.pixel(area.y &+ row, area.x) &* wide.channels
      for x in 0..<area.width {
        let source = Int(sources[x])
        if source != offset {
          (wide.wide + (offset &+ column)).update(from: wide.wide + (source &+ column), count: count)
        }
        offset &+= wide.channels
      }
    }
  }
}

extension Scratch {
  /// For each pixel of an area, `[2][64]`, where the result that it gets is. A 1×1 product has one tap: these lists lie where
  /// others have their taps.
  fileprivate var repeatSources: UnsafeMutablePointer<Int32> { offsets + Self.rowCount }
  /// Where the codes of the pixels that are multiplied are, and where their results go.
  fileprivate var pixelCodes: UnsafeMutablePointer<Int32> { offsets + 3 * Self.rowCount }
  fileprivate var pixelOutputs: UnsafeMutablePointer<Int32> { offsets + 5 * Self.rowCount }
  /// Pixels that a thread has multiplied.
  fileprivate var multipliedPixelCount: UnsafeMutablePointer<Int> {
    UnsafeMutableRawPointer(offsets + 7 * Self.rowCount).assumingMemoryBound(to: Int.self)
  }
}

extension Runtime {
  /// - Returns: How many pixels were multiplied.
  mutating func run(_ job: RepeatedPixelJob) -> Int {
    for thread in 0..<threadCount { scratch[thread].multipliedPixelCount.pointee = 0 }
    pool.run(job, scratch: scratch)
    var count = 0
    for thread in 0..<threadCount { count += scratch[thread].multipliedPixelCount.pointee }
    return count
  }
}
