import SpadeModel
import SpadeTestSupport
import Testing

/// Rules about the configuration.
@Suite struct HostileConfigurationTests {
  typealias Field = WritableKeyPath<ConfigurationRecord, UInt32> & Sendable

  static let fields: [(ConfigurationRule, Field, UInt32)] = [
    (.width, \.width, 0), (.width, \.width, 4097), (.height, \.height, 0), (.height, \.height, .max),
    (.labelCount, \.labelCount, 0),
    (.labelCount, \.labelCount, 16385), (.unknownLabel, \.unknownLabel, 6), (.edges, \.hasEdges, 2),
    (.styleCount, \.styleCount, 4097),
    (.kernelSize, \.kernelSize, 0), (.kernelSize, \.kernelSize, 2), (.kernelSize, \.kernelSize, 9),
    (.hiddenChannelCount, \.hiddenChannelCount, 24), (.hiddenChannelCount, \.hiddenChannelCount, 65552),
    (.channelUnit, \.channelUnit, 0),
    (.doublingCount, \.doublingCount, 8), (.normalization, \.normalization, 2), (.nameCount, \.nameCount, 0),
    (.nameCount, \.nameCount, 1025),
    (.bufferCount, \.bufferCount, 1025), (.levelCount, \.levelCount, 1025), (.tableCount, \.tableCount, 1025),
    (.productCount, \.productCount, 1025), (.normCount, \.normCount, 1025), (.stepCount, \.stepCount, 65537),
    (.symbolBuffer, \.symbolBuffer, .max), (.symbolBuffer, \.symbolBuffer, 0),
    (.stateBuffer, \.stateBuffer, .max), (.stateBuffer, \.stateBuffer, 0),
    (.encoderChannelUnit, \.encoderChannelUnit, 1025), (.tapRowCapacity, \.tapRowCapacity, 65536),
    (.tiles, \.usesWinograd, 2), (.pictureChannelCount, \.pictureChannelCount, 65537),
  ]

  @Test(arguments: fields) func configuration(rule: ConfigurationRule, path: Field, value: UInt32) throws {
    var file = try TinyNetwork.plain.file()
    file.configuration[keyPath: path] = value
    file.seal()
    #expect(file.loadingError == .badConfiguration(rule: rule, value: value))
  }

  static let keptBuffers: [Hostile] = [
    Hostile("symbols end early") {
      let index = Int($0.configuration.symbolBuffer)
      $0[buffer: index].lastStep -= 1
      return .badConfiguration(rule: .symbolLifetime, value: UInt32(index))
    },
    Hostile("state begins late") {
      let index = Int($0.configuration.stateBuffer)
      $0[buffer: index].firstStep = 1
      return .badConfiguration(rule: .stateLifetime, value: UInt32(index))
    },
    Hostile("symbols too small") {
      let index = Int($0.configuration.symbolBuffer)
      $0[buffer: index].byteCount -= 64
      return .badConfiguration(rule: .symbolBuffer, value: UInt32(index))
    },
    Hostile("state too small") {
      let index = Int($0.configuration.stateBuffer)
      $0[buffer: index].byteCount = 16
      return .badConfiguration(rule: .stateBuffer, value: UInt32(index))
    },
    Hostile("no steps") {
      $0.configuration.stepCount = 0
      return .badConfiguration(rule: .symbolLifetime, value: $0.configuration.symbolBuffer)
    },
  ]

  @Test(arguments: keptBuffers) func keptBuffer(_ hostile: Hostile) throws { try hostile.check() }
}
