import SpadeRuntime
import SpadeStudio
import SpadeTools

extension Command {
  static var studio: Command {
    Command(
      name: "studio", abstract: "Serves a page on which people paint with a model.",
      operands: ["model.spade"], requiredCount: 0,
      options: [
        Option(name: "--lan", help: "Let other machines of the network open it."),
        Option(
          name: "--port", value: "number", help: "\(StudioSession.standardPort) if not given; 0 takes any."),
        Option(
          name: "--token", value: "text",
          help: "A password for the page: 8 to 64 letters, digits and -._~+/=."),
        Option(
          name: "--keep", value: "folder",
          help: "Also keep here the pictures that people save or keep; the page says so."),
        Option(
          name: "--keep-most", value: "number",
          help: "How many of them stay; \(StudioSession.standardKeptCount) if not given."),
        .threads, .isa,
      ],
      discussion: """
        Open the address that it prints in a browser on this machine, or with --lan on a phone or
        computer in the same network: paint a label map there and see the picture follow. Layouts and
        styles in folders layouts/ and styles/ beside the model are offered, as they are when it
        starts: what is added later wants a restart. Pictures are those of spade-run synthesize.
        The model is read once, so its file may change meanwhile. Without one it is the only model
        that spade-run list finds, or landscapes.spade among several.

        One picture is painted at a time and eight pages may wait for theirs; further ones ask again
        each second until there is room.

        With --keep the picture of whoever presses Save picture or Keep this picture goes into a
        folder too, in the size that the model paints and cut to the drawing's shape as on the page, as
        kept-000001.png and so on; the oldest goes when there are more than --keep-most. Files appear
        whole; other files of the folder are left alone.

          spade-run studio
          spade-run studio landscapes.spade
          spade-run studio landscapes.spade --lan \\
            --token "$(head -c 9 /dev/urandom | base64)"
        """
    ) { arguments throws(Stop) in
      let port = try arguments.number("--port", in: 0...65535)
      let (kernels, threadCount) = (try arguments.kernels(), try arguments.threadCount())
      let keptCount = try arguments.number("--keep-most", in: StudioSession.keptCounts)
      if let wrong = StudioSession.fault(ofKeeping: arguments["--keep"], count: keptCount) {
        throw .usage(wrong, nil)
      }
      if let wrong = StudioSession.fault(ofToken: arguments["--token"]) { throw .usage(wrong, nil) }
      do throws(Failure) {
        try StudioSession.run(
          model: arguments.operands.first, port: port.map { UInt16($0) }, isOnLAN: arguments.has("--lan"),
          token: arguments["--token"], keepFolder: arguments["--keep"], keptCount: keptCount,
          kernels: kernels, threadCount: threadCount)
      } catch {
        throw .failure(error)
      }
    }
  }
}
