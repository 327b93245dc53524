import SpadeFiles
import SpadeImage
import SpadeInput
import SpadeTestSupport
import Testing

@testable import SpadeTools

/// Instance maps that are given for label maps.
@Suite struct InstanceFolderTests {
  /// A map of 60 by 40 pixels in columns of ids.
  private func columns(_ ids: [UInt16]) -> LabelMap {
    LabelMap(width: 60, height: 40, ids: (0..<2400).map { ids[$0 % 60 * ids.count / 60] })
  }

  private func look(_ maps: [LabelMap], labelCount: Int = 182) -> Bool {
    var objects = NumberedObjects(labelCount: labelCount)
    for map in maps { objects.add(map) }
    return objects.lookLikeInstances
  }

  @Test func objectsAreNumberedAndInOnePiece() {
    // As COCO's: things from 0 or 1 on, stuff by its class.
    let maps = [columns([0, 1, 2, 3, 119, 154]), columns([1, 2, 3, 97]), columns([123, 0])]
    #expect(look(maps))
    // Half of the maps are enough, fewer are not, nor is a single map.
    #expect(look(maps + [columns([7, 156])]))
    #expect(!look(maps + [columns([7, 156]), columns([8, 156])]))
    #expect(!look([maps[0]]))
    // A network of few classes has them in every map.
    #expect(!look(maps, labelCount: 13))
    #expect(look(maps, labelCount: 16 * 10))
  }

  @Test func classesHaveGapsOrManyAreas() {
    #expect(!look([columns([0, 16, 64, 72]), columns([1, 2, 9, 123]), columns([119, 154])]))
    #expect(!look([columns([0, 1, 2, 0, 1, 2, 0, 1, 2]), columns([0, 1, 2, 1, 2, 0])]))
  }

  private func write(_ ids: [UInt16], _ path: String) throws {
    try IndexImage(width: 60, height: 40, values: columns(ids).ids).write(png: path)
  }

  private let plain = NetworkInput(
    width: 60, height: 40, labelCount: 182, unknownLabel: nil, hasEdges: false, styleCount: 0)
  private let bordered = NetworkInput(
    width: 60, height: 40, labelCount: 182, unknownLabel: nil, hasEdges: true, styleCount: 0)

  private func notes(_ path: String, _ input: NetworkInput) throws -> [String] {
    let folder = try LabelFolder(path: path, instances: nil, hasEdges: input.hasEdges)
    let reading = try LabelReading(for: input)
    return folder.instanceNotes(
      try folder.entries.map { try reading.read(labels: $0.labels, instances: $0.instances).map }, by: reading
    )
  }

  @Test func aFolderBesideThatOfTheLabelsIsCompared() throws {
    try withTemporaryFolder { folder in
      for kind in ["labels", "instances"] { try Folder.make("\(folder)/\(kind)") }
      for name in ["a", "b"] {
        try write([10, 10, 20, 10], "\(folder)/labels/\(name).png")
        try write([3, 4, 20, 5], "\(folder)/instances/\(name).png")
      }
      #expect(try notes(folder + "/labels", plain) == [])
      let given = try notes(folder + "/instances", plain)
      #expect(
        given == [
          "note: \(folder)/instances seems to hold instance maps: each id of a.png lies in one area of \(folder)/labels/a.png, as objects "
            + "lie in areas of one class. Give the label maps, \(folder)/labels."
        ])
      // Of a network with borders the same files would be both.
      #expect {
        try LabelFolder(path: folder + "/instances", instances: nil, hasEdges: true)
      } throws: {
        ($0 as? Failure)?.sentence
          == "\(folder)/instances/a.png would be label map and instance map at once; give the folder of the label maps, beside instances/."
      }
      #expect(try notes(folder, bordered) == [])
    }
  }

  @Test func aFolderAloneIsKnownByItsNumbers() throws {
    try withTemporaryFolder { folder in
      for name in ["a", "b", "c"] { try write([1, 2, 3, 4, 90], "\(folder)/\(name).png") }
      let given = try notes(folder, plain)
      #expect(given.count == 1 && given[0].hasPrefix("note: \(folder) seems to hold instance maps: "))
      #expect(given[0].contains("numbered from 0 or 1 on"))
      // Somebody who relabels knows what the ids are.
      try save(Array("1 5\n".utf8), folder + "/map.txt")
      let maps = try LabelFolder(path: folder, instances: nil, hasEdges: false)
      let relabelled = try LabelReading(for: plain, relabel: folder + "/map.txt")
      #expect(maps.instanceNotes([columns([0, 1, 2]), columns([0, 1, 2])], by: relabelled) == [])
    }
  }

  /// Cityscapes' instanceIds.png have 1000 times the class, and the object's number.
  @Test func cityscapesInstanceIdsAreNamed() throws {
    try withTemporaryFolder { folder in
      try write([7, 26001, 26002], folder + "/city_instanceIds.png")
      let city = NetworkInput(
        width: 60, height: 40, labelCount: 35, unknownLabel: nil, hasEdges: false, styleCount: 0)
      #expect {
        try LabelReading(for: city).read(labels: folder + "/city_instanceIds.png", instances: nil)
      } throws: {
        ($0 as? Failure)?.sentence.contains(
          "holds id 26001 at x 20, y 0, which is class 26, object 1 in an instance map as Cityscapes has them (instanceIds.png)"
        )
          == true
      }
    }
  }
}
