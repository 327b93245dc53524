import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// What `spade reference` writes.
@Suite struct ReferenceCommandTests {
  @Test func theReferenceWritesPicturesAndArrays() throws {
    try withTemporaryFolder { folder in
      let map = try Workshop.path("plain/labels/map02.png")
      #expect(try Command("reference", Workshop.path("plain"), map, "-o", folder + "/r.png").status == 0)
      #expect(try Command("reference", Workshop.path("plain"), map, "-o", folder + "/r.npy").status == 0)
      #expect(
        try Command(
          "reference", Workshop.path("plain"), Workshop.path("plain/labels"), "-o", folder + "/all.npy"
        )
        .status == 0)
      let one = try NPYArray(npy: folder + "/r.npy")
      let all = try NPYArray(npy: folder + "/all.npy")
      #expect(one.shape == [3, 32, 32] && all.shape == [2, 3, 32, 32])
      #expect(Array(all.values.suffix(one.values.count)) == one.values)
      let bytes = try Picture(png: folder + "/r.png").bytes
      for pixel in 0..<32 * 32 {
        for channel in 0..<3 {
          let level = (one.values[channel * 1024 + pixel] + 1) / 2 * 255
          #expect(bytes[3 * pixel + channel] == UInt8(min(max(level, 0), 255)))
        }
      }
    }
  }

  /// Under the names of their maps, each as it is of its map alone.
  @Test func theReferencePaintsAFolderOfPictures() throws {
    try withTemporaryFolder { folder in
      let checkpoint = try Workshop.path("plain")
      let command = try Command("reference", checkpoint, checkpoint + "/labels", "-o", folder + "/float32")
      #expect(command.status == 0, "\(command.errors)")
      #expect(command.output.hasPrefix("\(folder)/float32: 2 pictures of 32x32 in "), "\(command.output)")
      #expect(try contents(of: folder + "/float32").sorted() == ["map01.png", "map02.png"])
      for name in ["map01", "map02"] {
        let map = "\(checkpoint)/labels/\(name).png"
        #expect(try Command("reference", checkpoint, map, "-o", folder + "/one.png").status == 0)
        #expect(try load(folder + "/one.png") == load("\(folder)/float32/\(name).png"))
      }
      // A run that was stopped goes on, and replaces nothing unasked.
      let (first, second) = ("\(folder)/float32/map01.png", "\(folder)/float32/map02.png")
      let whole = try load(second)
      try save([1], first)
      try FileManager.default.removeItem(atPath: second)
      let again = ["reference", checkpoint, checkpoint + "/labels", "-o", folder + "/float32"]
      let resumed = try Command(again)
      #expect(
        resumed.status == 0 && resumed.errors.contains("note: 1 of 2 pictures are in "), "\(resumed.errors)")
      #expect(resumed.output.contains("/float32: 1 picture of 32x32 in "), "\(resumed.output)")
      #expect(try load(second) == whole && load(first) == [1])
      #expect(try Command(again + ["--force"]).status == 0)
      #expect(try load(first).count > 1)
      let (maps, before) = (checkpoint + "/labels", try load(checkpoint + "/labels/map01.png"))
      let onto = try Command("reference", checkpoint, maps, "-o", maps)
      #expect(onto.status == 1 && onto.errors.contains("is read and would be replaced"), "\(onto.errors)")
      #expect(try load(checkpoint + "/labels/map01.png") == before)
      for output in ["-", folder + "/all.png"] {
        let one = try Command("reference", checkpoint, maps, "-o", output)
        #expect(one.status == 2 && one.errors.contains("give -o the name of a folder"), "\(one.errors)")
      }
      let file = try Command("reference", checkpoint, maps, "-o", folder + "/one.png/x")
      #expect(file.status == 1 && file.errorLines.count == 1, "\(file.errors)")
    }
  }
}
