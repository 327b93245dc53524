import Foundation
import SpadeInput
import SpadeModel
import SpadeQuantize
import SpadeRuntime
import SpadeTestSupport
import Testing

/// Files with right checksums and wrong records: each is refused, or runs inside its arena and paints a picture that
/// depends on nothing else.
///
/// A crash ends the process: with `SPADE_TRACE_MUTATIONS=1` each case is printed before it is tried.
/// `SPADE_MUTATION_SEED=2` tries others.
@Suite struct MutationTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var network: TinyNetwork
    var seed: UInt64
    var fileCount = 600
    var testDescription: String { "\(network) seed \(seed), \(fileCount) files" }
  }

  static let cases = TinyNetwork.allCases.map {
    Case(
      network: $0,
      seed: ProcessInfo.processInfo.environment["SPADE_MUTATION_SEED"].flatMap { UInt64($0) } ?? 1)
  }

  @Test(arguments: cases) func mutated(_ testCase: Case) throws {
    let traces = ProcessInfo.processInfo.environment["SPADE_TRACE_MUTATIONS"] != nil
    let original = try testCase.network.file()
    var random = SplitMix64(seed: testCase.seed)
    var takenCount = 0
    for index in 0..<testCase.fileCount {
      var mutation = Mutation(original)
      mutation.mutate(&random)
      if traces {
        FileHandle.standardError.write(
          Data("\(testCase.testDescription), \(index): \(mutation.notes)\n".utf8))
      }
      mutation.seal()
      // A larger arena is a matter of what the caller grants.
      guard let run = try? ModelRun(mutation.file.bytes),
        Runtime.arenaByteCount(model: run.model, threadCount: 3) < 1 << 26
      else { continue }
      takenCount += 1
      // Every set now and then, the fastest most of the time.
      let kernels = index % 10 == 0 ? supportedKernels[index / 10 % supportedKernels.count] : .best
      let (map, style) = run.testCase
      let one = try run.frame(map, style: style, kernels: kernels)
      let others = try run.withRuntime(kernels: kernels, threadCount: 3, arenaFill: 0x5A) {
        runtime, picture in
        // The second finds again what the plan keeps.
        try (0..<2).map { _ in
          try runtime.begin(map, style: style, picture: picture)
          runtime.run()
          return Checksum.of(UnsafeRawBufferPointer(picture))
        }
      }
      if !one.isIntact || !others.isIntact {
        Issue.record("file \(index) leaves its arena: \(mutation.notes)")
      }
      if others.result != [one.checksum, one.checksum] {
        Issue.record("file \(index) paints several pictures: \(mutation.notes)")
      }
    }
    // Some must get through, or the runs prove nothing.
    #expect(takenCount > testCase.fileCount / 50)
  }
}

/// A file with a few 32-bit fields changed.
private struct Mutation {
  private(set) var file: ModelFile
  private(set) var notes: [String] = []
  private let original: ModelFile

  /// Bytes of a record, and fields that are not reserved.
  private static let sections: [(Section, stride: Int, fieldCount: Int)] = [
    (.configuration, 128, 27), (.buffers, 64, 12), (.levels, 32, 6), (.tables, 16, 4), (.products, 32, 8),
    (.norms, 64, 14), (.steps, 64, 14),
  ]

  init(_ file: ModelFile) {
    self.file = file
    original = file
  }

  mutating func seal() { file.seal() }

  mutating func mutate(_ random: inout SplitMix64) {
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      switch Int.random(in: 0..<20, using: &random) {
      case 0: mutateWord("plan", 24, copy: 24, &random)
      case 1: mutateBytes(.weights, &random)
      case 2: mutateBytes(.test, &random)
      case 3...5: moveRecord(&random)
      case 6...8: mutateBufferIndex(&random)
      default: mutateRecord(&random)
      }
    }
  }

  private mutating func mutateBytes(_ section: Section, _ random: inout SplitMix64) {
    let range = file.range(section)
    let word = Int.random(in: 0..<(range.count / 4), using: &random)
    mutateWord("\(section) word \(word)", range.lowerBound + 4 * word, copy: range.lowerBound, &random)
  }

  /// Those that have records: a network without windows has no levels.
  private var recordSections: [(Section, stride: Int, fieldCount: Int)] {
    Self.sections.filter { original.count($0.0) > 0 }
  }

  /// A record in another's place, or both exchanged.
  private mutating func moveRecord(_ random: inout SplitMix64) {
    let (section, stride, _) = recordSections.dropFirst().randomElement(using: &random)!
    let count = original.count(section)
    let one = Int.random(in: 0..<count, using: &random)
    // Neighbours are the likelier to fit.
    let two =
      Bool.random(using: &random) ? min(one + 1, count - 1) : Int.random(in: 0..<count, using: &random)
    let exchanges = Bool.random(using: &random)
    notes.append("\(section) \(two) in place of \(one)\(exchanges ? ", exchanged" : "")")
    let start = file.range(section).lowerBound
    let (first, second) = (start + one * stride, start + two * stride)
    let saved = Array(file.bytes[first..<(first + stride)])
    file.bytes.replaceSubrange(first..<(first + stride), with: file.bytes[second..<(second + stride)])
    if exchanges { file.bytes.replaceSubrange(second..<(second + stride), with: saved) }
  }

  /// Another buffer where one is named.
  private mutating func mutateBufferIndex(_ random: inout SplitMix64) {
    let places: [(Section, stride: Int, field: Int)] = [
      (.configuration, 128, 19), (.configuration, 128, 20), (.levels, 32, 5), (.norms, 64, 9),
      (.norms, 64, 10),
      (.steps, 64, 3), (.steps, 64, 4), (.steps, 64, 5),
    ]
    let held = places.filter { original.count($0.0) > 0 }
    let (section, stride, field) = held.randomElement(using: &random)!
    let record = Int.random(in: 0..<original.count(section), using: &random)
    let offset = file.range(section).lowerBound + record * stride + 4 * field
    let value = UInt32.random(in: 0..<UInt32(original.count(.buffers)), using: &random)
    notes.append("\(section) \(record) field \(field) from \(file.load(offset) as UInt32) to \(value)")
    file.store(value, offset)
  }

  private mutating func mutateRecord(_ random: inout SplitMix64) {
    let (section, stride, fieldCount) = recordSections.randomElement(using: &random)!
    let count = original.count(section)
    let record = Int.random(in: 0..<count, using: &random)
    let other = Int.random(in: 0..<count, using: &random)
    let field = Int.random(in: 0..<fieldCount, using: &random)
    let start = file.range(section).lowerBound + 4 * field
    mutateWord(
      "\(section) \(record) field \(field)", start + record * stride, copy: start + other * stride, &random)
  }

  /// - Parameter copy: Where another record has the same field.
  private mutating func mutateWord(_ what: String, _ offset: Int, copy: Int, _ random: inout SplitMix64) {
    let old: UInt32 = file.load(offset)
    let value: UInt32
    switch Int.random(in: 0..<9, using: &random) {
    case 0: value = old &+ 1
    case 1: value = old &- 1
    case 2: value = old ^ (1 << UInt32.random(in: 0..<32, using: &random))
    case 3: value = [0, 1, 2, 16, 0x7FFF_FFFF, 0x8000_0000, .max].randomElement(using: &random)!
    case 4: value = UInt32.random(in: 0..<128, using: &random)
    case 5: value = old &* 2
    case 6: value = old / 2
    default: value = file.load(copy)
    }
    notes.append("\(what) from \(old) to \(value)")
    file.store(value, offset)
  }
}
