import Foundation
import SpadeTestSupport
import Testing

/// What scripts rely on in the JSON of every report.
@Suite struct ReportTests {
  /// The report that a command prints.
  private func report(_ name: String) throws -> [String: Any] {
    let model = try Workshop.path("plain.spade")
    switch name {
    case "inspect": return try object(Command("inspect", model, "--json", "--target", "raspberry-pi-4"))
    case "evaluate":
      return try object(Command("evaluate", model, Workshop.path("plain"), Workshop.path("plain"), "--json"))
    case "quantize":
      return try withTemporaryFolder { folder in
        try object(Command("quantize", Workshop.path("least"), "-o", folder + "/m.spade", "--json"))
      }
    default:
      let labels = try Workshop.path("plain/labels/map01.png")
      return try object(Command("profile", model, labels, "--runs", "1", "--json"))
    }
  }

  /// Which file figures are of.
  @Test func reportsNameTheFileByItsChecksum() throws {
    let evaluated = try report("evaluate")["run"] as? [String: Any]
    let checksum = try #require(evaluated?["model_checksum"] as? String)
    #expect(checksum.count == 16)
    #expect(try report("inspect")["checksum"] as? String == checksum)
    let profiled = try report("profile")
    #expect(profiled["model_checksum"] as? String == checksum)
    #expect((profiled["program"] as? String)?.hasPrefix("spade 0.") == true)
  }

  /// The keys of a value and of everything in it.
  private func keys(of value: Any) -> Set<String> {
    if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys(of: $1)) } }
    guard let object = value as? [String: Any] else { return [] }
    return object.reduce(into: Set(object.keys)) { $0.formUnion(keys(of: $1.value)) }
  }

  @Test(arguments: ["inspect", "evaluate", "profile", "quantize"]) func aReportSaysWhatItIs(name: String)
    throws
  {
    let report = try report(name)
    #expect(report["report"] as? String == name && report["version"] as? Int == 1)
    let found = keys(of: report)
    #expect(found.count > 10)
    for key in found {
      #expect(key.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" }, "\(key) is not in snake case")
    }
  }
}
