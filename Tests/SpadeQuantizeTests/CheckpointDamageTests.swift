import Testing

@testable import SpadeQuantize

/// Damaged files: every truncation and every flipped byte gives values or a typed error, and ends.
@Suite struct CheckpointDamageTests {
  enum Form: String, CaseIterable, Sendable {
    case legacy, zip, zip64, safetensors

    var bytes: [UInt8] {
      switch self {
      case .legacy: return LegacyRecipe(smallTensors()).bytes
      case .zip: return ZipRecipe(smallTensors()).bytes
      case .zip64:
        var recipe = ZipRecipe(smallTensors())
        recipe.usesZip64 = true
        return recipe.bytes
      case .safetensors: return smallSafetensors
      }
    }
  }

  private func contents(_ bytes: [UInt8]) throws(CheckpointError) -> [String: [Float]] {
    let checkpoint = try Checkpoint(bytes)
    var contents: [String: [Float]] = [:]
    for name in checkpoint.names { contents[name] = try checkpoint.floats(name) }
    return contents
  }

  @Test(arguments: Form.allCases) func truncated(_ form: Form) {
    let bytes = form.bytes
    for count in bytes.indices {
      #expect(throws: CheckpointError.self, "\(count) bytes") { try contents(Array(bytes.prefix(count))) }
    }
  }

  @Test(arguments: Form.allCases) func flipped(_ form: Form) throws {
    let whole = form.bytes
    let wanted = try contents(whole)
    for index in whole.indices {
      for mask: UInt8 in [0x01, 0x10, 0x80, 0xff] {
        var bytes = whole
        bytes[index] ^= mask
        do throws(CheckpointError) {
          let found = try contents(bytes)
          // Only zip archives carry checksums; elsewhere another value is not detectable.
          if form == .zip || form == .zip64 { #expect(found == wanted, "byte \(index) ^ \(mask)") }
        } catch {
          // Refused by one of the rules.
        }
      }
    }
  }
}
