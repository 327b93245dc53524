import Foundation
import SpadeImage
import SpadeTestSupport
import Testing

/// `--scale`, in both programs and all commands that paint.
@Suite struct EnlargedPictureTests {
  private static let programs = ["spade", "spade-run"]

  private func paint(_ program: String, _ command: String, _ folder: String, _ options: String...) throws
    -> Command
  {
    try Command(
      program: [Command.executable(program)],
      [
        command, Workshop.path("style.spade"), Workshop.path("style/labels/map01.png"), "--instances",
        Workshop.path("style/instances/map01.png"),
      ] + options)
  }

  @Test(arguments: programs) func picturesAndFramesAreTheSmallOnesEnlarged(program: String) throws {
    try withTemporaryFolder { folder in
      let small = try paint(program, "synthesize", folder, "--seed", "1", "-o", folder + "/1.png")
      #expect(small.status == 0 && small.output.contains("64x32"), "\(small.errors)")
      let picture = try Picture(png: folder + "/1.png")
      for (scale, enlargement) in [("2", Enlargement.twofold), ("4", .fourfold)] {
        let command = try paint(
          program, "synthesize", folder, "--seed", "1", "--scale", scale, "-o", folder + "/large.png")
        #expect(command.status == 0 && command.errors == "", "\(command.errors)")
        #expect(try Picture(png: folder + "/large.png") == picture.enlarged(enlargement))
      }
      let many = try paint(
        program, "synthesize", folder, "--styles", "seed:1", "--scale", "2", "-o", folder + "/many")
      #expect(many.status == 0 && many.output.contains("128x64"), "\(many.errors)")
      #expect(try Picture(png: folder + "/many/map01-seed-1.png") == picture.enlarged(.twofold))
      let film = try paint(
        program, "animate", folder, "--styles", "seed:1", "--frames", "1", "--scale", "2", "-o",
        folder + "/film")
      #expect(film.status == 0 && film.output.contains("1 frame of 128x64"), "\(film.errors)")
      let frames = try contents(of: folder + "/film")
      #expect(
        try frames.count == 1 && Picture(png: "\(folder)/film/\(frames[0])") == picture.enlarged(.twofold))
      let y4m = try paint(
        program, "animate", folder, "--styles", "seed:1", "--frames", "1", "--scale", "2", "-o",
        folder + "/f.y4m")
      let header = "YUV4MPEG2 W128 H64 F24:1 Ip A1:1 C444\nFRAME\n"
      #expect(y4m.status == 0)
      let bytes = try load(folder + "/f.y4m")
      #expect(bytes.starts(with: Array(header.utf8)) && bytes.count == header.utf8.count + 3 * 128 * 64)
    }
  }

  @Test func aSheetOfEnlargedPictures() throws {
    try withTemporaryFolder { folder in
      let command = try paint(
        "spade", "styles", folder, "--styles", "seed:1", "--scale", "2", "-o", folder + "/s.png")
      #expect(command.status == 0 && command.output.contains("1 picture of 128x64"), "\(command.errors)")
      let sheet = try Picture(png: folder + "/s.png")
      #expect(sheet.width == 128 + 4 && sheet.height == 64 + 4)
      #expect(
        try paint("spade", "synthesize", folder, "--seed", "1", "--scale", "2", "-o", folder + "/p.png")
          .status == 0)
      #expect(
        try sheet.cropped(to: PixelArea(x: 2, y: 2, width: 128, height: 64))
          == Picture(png: folder + "/p.png"))
    }
  }

  @Test(arguments: programs) func sizesAreTheNetworks(program: String) throws {
    for option in ["--size", "--width", "--resolution"] {
      for command in ["synthesize", "animate"] {
        let wrong = try paint(program, command, "", "--styles", "seed:1", "-o", "p.png", option, "1024")
        #expect(
          wrong.status == 2
            && wrong.errors.contains("the network fixes the size of its pictures; --scale 2 or 4 enlarges"),
          "\(wrong.errors)")
      }
    }
    let wrong = try paint(program, "synthesize", "", "-o", "p.png", "--scale", "3")
    #expect(wrong.status == 2 && wrong.errors.contains("--scale"), "\(wrong.errors)")
  }

  /// The map is saved in the drawing's shape and is read as the same ids again.
  @Test(arguments: programs) func theMapOfACutPictureIsCut(program: String) throws {
    try withTemporaryFolder { folder in
      let values: [UInt16] = (0..<3000).map { place in
        let (x, y) = (place % 100, place / 100)
        return UInt16(x / 40 + y / 15)
      }
      try IndexImage(width: 100, height: 30, values: values).write(png: folder + "/wide.png")
      func paint(_ map: String, _ output: String, _ options: String...) throws {
        let command = try Command(
          program: [Command.executable(program)],
          [
            "synthesize", Workshop.path("plain.spade"), "\(folder)/\(map)", "--fit", "pad", "-o",
            "\(folder)/\(output)",
          ]
            + options)
        #expect(command.status == 0, "\(command.errors)")
      }
      try paint("wide.png", "whole.png", "--save-map", folder + "/whole-map.png")
      try paint("wide.png", "cut.png", "--crop-back", "--save-map", folder + "/cut-map.png")
      let (whole, cut) = try (
        IndexImage(png: folder + "/whole-map.png"), IndexImage(png: folder + "/cut-map.png")
      )
      #expect(whole.width == 32 && whole.height == 32 && cut.width == 32 && cut.height == 10)
      try paint("cut-map.png", "again.png", "--save-map", folder + "/again-map.png")
      #expect(try load(folder + "/again.png") == load(folder + "/whole.png"))
      #expect(try IndexImage(png: folder + "/again-map.png") == whole)
    }
  }
}
