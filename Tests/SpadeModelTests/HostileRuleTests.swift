import SpadeModel
import SpadeTestSupport
import Testing

/// Every rule has a file that breaks it, and it alone.
@Suite struct HostileRuleTests {
  static let files: [Hostile] = [
    HostileContainerTests.tests, HostileConfigurationTests.keptBuffers, HostileBufferTests.buffers,
    HostileLevelTests.levelsAndTables, HostileProductTests.products, HostileProductTests.weights,
    HostileNormTests.norms, HostileNormTests.classTables, HostileNormTests.features,
    HostileOrderTests.statistics, HostileStepTests.kindsAndIndices, HostileStepTests.shapes,
    HostileStepTests.tensors, HostileStepTests.scales, HostileOrderTests.rows, HostileOrderTests.order,
    HostileOrderTests.lifetimes, HostileEncoderTests.sizes,
  ].flatMap { $0 }

  /// The rules that the files break.
  private struct Rules {
    var configuration: Set<ConfigurationRule> = Set(HostileConfigurationTests.fields.map(\.0))
    var buffer: Set<BufferRule> = []
    var level: Set<LevelRule> = []
    var table: Set<TableRule> = []
    var product: Set<ProductRule> = []
    var norm: Set<NormRule> = []
    // HostileEncoderTests has its own.
    var column: Set<ColumnRule> = [.encoderBias, .styleBias]
    var step: Set<StepRule> = []
    var test: Set<TestRule> = []

    mutating func add(_ error: ModelError) {
      switch error {
      case .badConfiguration(let rule, _): configuration.insert(rule)
      case .badBuffer(_, let rule): buffer.insert(rule)
      case .badLevel(_, let rule): level.insert(rule)
      case .badTable(_, let rule): table.insert(rule)
      case .badProduct(_, let rule): product.insert(rule)
      case .badNorm(_, let rule): norm.insert(rule)
      case .badColumn(_, _, _, let rule): column.insert(rule)
      case .badStep(_, let rule): step.insert(rule)
      case .badTest(let rule): test.insert(rule)
      default: break
      }
    }
  }

  @Test func everyRuleIsBroken() throws {
    var rules = Rules()
    for hostile in Self.files {
      var file = try hostile.network.file()
      rules.add(hostile.change(&file))
    }
    #expect(missing(from: rules.configuration).isEmpty)
    #expect(missing(from: rules.buffer).isEmpty)
    #expect(missing(from: rules.level).isEmpty)
    #expect(missing(from: rules.table).isEmpty)
    #expect(missing(from: rules.product).isEmpty)
    #expect(missing(from: rules.norm).isEmpty)
    #expect(missing(from: rules.column).isEmpty)
    #expect(missing(from: rules.step).isEmpty)
    #expect(missing(from: rules.test).isEmpty)
  }

  /// The rules that are not in a set.
  private func missing<Rule: RawRepresentable<Int> & Hashable>(from rules: Set<Rule>) -> [Rule] {
    Array((0...).lazy.map { Rule(rawValue: $0) }.prefix { $0 != nil }.compactMap { $0 }).filter {
      !rules.contains($0)
    }
  }
}
