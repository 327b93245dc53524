// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "spade",
  products: [
    .executable(name: "spade", targets: ["spade"]),
    .executable(name: "spade-run", targets: ["spade-run"]),
    .library(name: "SpadeRuntime", targets: ["SpadeRuntime", "SpadeModel"]),
    .library(name: "SpadeImage", targets: ["SpadeImage"]),
    .library(name: "SpadeTools", targets: ["SpadeTools"]),
    .library(name: "SpadeStudio", targets: ["SpadeStudio"]),
    .library(name: "SpadeQuantize", targets: ["SpadeQuantize"]),
    .library(name: "CSpadeKernels", targets: ["CSpadeKernels"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // The inner loops, the file format and the executor: nothing here allocates or fails while it runs.
    .target(name: "CSpadeKernels", exclude: ["README.md"]),
    .target(name: "CSpadePlatform", dependencies: ["CSpadeKernels"]),
    .target(name: "SpadeModel", dependencies: ["CSpadeKernels"], exclude: ["FORMAT.md"]),
    // What a step costs: work, bytes, and the time of a machine.
    .target(name: "SpadeCost", dependencies: ["SpadeModel"]),
    .target(
      name: "SpadeRuntime", dependencies: ["SpadeModel", "SpadeCost", "CSpadeKernels", "CSpadePlatform"],
      linkerSettings: [.linkedLibrary("m")]),

    // Photos and drawings on their way to a network, in memory of the caller: for programs and for C.
    .target(name: "SpadePixels"),

    // The runtime for C: spade.h, and libspade.a from the embedded build.
    .target(name: "CSpade"),
    .target(
      name: "SpadeCAPI", dependencies: ["CSpade", "SpadeModel", "SpadeInput", "SpadePixels", "SpadeRuntime"]),

    // What a board is, and the boards: a folder each.
    .target(name: "SpadeBoards", dependencies: ["SpadeCost"]),
    .target(
      name: "SpadeTargets", dependencies: ["SpadeBoards"], path: "Targets",
      exclude: ["README.md"], plugins: ["ListBoards"]),
    .plugin(name: "ListBoards", capability: .buildTool()),

    // Files as bytes, and pictures and label maps from bytes.
    .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"])]),
    .target(
      name: "CSpadePNG", dependencies: ["CPNG"], linkerSettings: [.linkedLibrary("png")]),
    .target(name: "CSpadeJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "SpadeImage", dependencies: ["CSpadePNG", "CSpadeJPEG", "CSpadeSystem", "SpadePixels"]),
    .target(name: "SpadeFiles", dependencies: ["CSpadeSystem"]),

    // What the two programs share. All of it is also built as Embedded Swift, for spade-run on boards.
    .target(name: "CSpadeSystem"),
    .target(name: "SpadeInput"),
    .target(
      name: "SpadeTools",
      dependencies: [
        "SpadeRuntime", "SpadeModel", "SpadeCost", "SpadeImage", "SpadePixels", "SpadeFiles", "SpadeInput",
        "SpadeBoards", "SpadeTargets", "CSpade", "CSpadeKernels", "CSpadePlatform", "CSpadeSystem",
      ]),
    // The page on which people paint, and its server.
    .target(
      name: "CSpadeHTTP", linkerSettings: [.linkedLibrary("event_core"), .linkedLibrary("event_extra")]),
    .target(
      name: "CStudioPage", exclude: ["page"], cSettings: [.headerSearchPath("page")],
      linkerSettings: [.linkedLibrary("z")]),
    .target(
      name: "SpadeStudio",
      dependencies: [
        "SpadeTools", "SpadeFiles", "SpadeImage", "SpadeInput", "SpadeRuntime", "SpadeModel", "CSpadeHTTP",
        "CStudioPage", "CSpadeSystem",
      ], exclude: ["openapi.yaml"]),

    .target(
      name: "SpadeRunCommands",
      dependencies: [
        "SpadeStudio", "SpadeTools", "SpadeFiles", "SpadeImage", "SpadeInput", "SpadeRuntime", "SpadeModel",
      ]),
    .executableTarget(
      name: "spade-predictions",
      dependencies: ["SpadeTools", "SpadeQuantize", "SpadeCost", "SpadeRuntime", "SpadeModel", "SpadeInput"],
      path: "Benchmarks/predictions"),
    .executableTarget(name: "spade-run", dependencies: ["SpadeRunCommands"]),

    // The offline compiler.
    .target(name: "COpenBLAS", path: "Quantize/COpenBLAS"),
    .target(
      name: "SpadeQuantize",
      dependencies: [
        "SpadeModel", "SpadeCost", "SpadeFiles", "SpadeInput", "CSpadePlatform", "CSpadeSystem", "COpenBLAS",
      ],
      path: "Quantize/SpadeQuantize"),

    .executableTarget(
      name: "spade",
      dependencies: [
        "SpadeRuntime", "SpadeModel", "SpadeCost", "SpadeImage", "SpadeFiles", "SpadeInput", "SpadeTools",
        "SpadeQuantize", "SpadeStudio", "SpadeBoards", "SpadeTargets",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], exclude: ["function-order.txt"]),

    // Compares kernel sets byte by byte; also built for boards by Scripts/board/test-kernels.
    .target(name: "SpadeKernelSweep", dependencies: ["CSpadeKernels"], path: "Tests/SpadeKernelSweep"),
    .testTarget(
      name: "SpadeKernelsTests", dependencies: ["CSpadeKernels", "CSpadePlatform", "SpadeKernelSweep"]),
    // Refused files, kept for other tests.
    .target(name: "SpadeHostileFiles", path: "Tests/SpadeHostileFiles"),
    // Small model files, and memory that notices whoever leaves it.
    .target(
      name: "SpadeTestSupport",
      dependencies: [
        "SpadeModel", "SpadeRuntime", "SpadeInput", "SpadeImage", "SpadeFiles", "SpadeTools", "SpadeQuantize",
        "SpadeHostileFiles",
      ],
      path: "Tests/SpadeTestSupport"),
    .testTarget(
      name: "SpadeModelTests",
      dependencies: ["SpadeModel", "SpadeRuntime", "SpadeQuantize", "SpadeTestSupport"]),
    // Runs a model while every call of the C allocator is counted; a program because it replaces malloc.
    .target(name: "CSpadeAllocationTrap", path: "Tests/CSpadeAllocationTrap"),
    .executableTarget(
      name: "spade-allocation-trap", dependencies: ["SpadeRuntime", "CSpadeAllocationTrap"],
      path: "Tests/SpadeAllocationTrap"),
    .testTarget(
      name: "SpadeRuntimeTests",
      dependencies: [
        "SpadeRuntime", "SpadeCost", "SpadeQuantize", "SpadeImage", "SpadeTestSupport", "CSpadeKernels",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "SpadeCostTests",
      dependencies: ["SpadeCost", "SpadeRuntime", "SpadeQuantize", "SpadeTestSupport"]),
    .testTarget(name: "SpadeBoardsTests", dependencies: ["SpadeBoards", "SpadeTargets", "SpadeCost"]),
    .testTarget(name: "SpadeFilesTests", dependencies: ["SpadeFiles"]),
    .testTarget(name: "SpadeImageTests", dependencies: ["SpadeImage", "SpadePixels", "SpadeHostileFiles"]),
    .testTarget(name: "SpadeQuantizeTests", dependencies: ["SpadeQuantize", "SpadeImage"]),
    .testTarget(name: "SpadeStudioTests", dependencies: ["SpadeStudio"]),
    .testTarget(
      name: "SpadeToolsTests",
      dependencies: ["SpadeTools", "SpadeImage", "SpadeFiles", "SpadeInput", "SpadeTestSupport"]),
    .testTarget(
      name: "SpadeCommandTests",
      dependencies: [
        "spade", "SpadeImage", "SpadeFiles", "SpadeTools", "SpadeRunCommands", "SpadeTestSupport",
        "SpadeQuantize", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "SpadeCAPITests",
      dependencies: [
        "SpadeCAPI", "CSpade", "SpadeModel", "SpadeRuntime", "SpadeInput", "SpadeImage", "SpadeTools",
        "SpadeTestSupport",
      ]),
  ],
  cLanguageStandard: .c11
)

// What the sanitizers run leaves out everything that takes long to build, and what replaces malloc: see Scripts/sanitize.
if let kind = Context.environment["SPADE_QUICK_TESTS"] {
  var slow: Set = [
    "spade", "spade-run", "spade-predictions", "spade-allocation-trap", "CSpadeAllocationTrap",
    "SpadeRunCommands",
    "SpadeStudio", "CSpadeHTTP", "CStudioPage", "SpadeCommandTests",
    "SpadeStudioTests",
    "SpadeBoardsTests", "SpadeQuantizeTests",
  ]
  // Threads meet in the runtime.
  if kind == "thread" {
    slow.formUnion([
      "SpadeCAPI", "SpadeCAPITests", "SpadeCostTests", "SpadeFilesTests", "SpadeImageTests",
      "SpadeKernelsTests", "SpadeKernelSweep", "SpadeModelTests", "SpadeToolsTests",
    ])
  }
  package.targets.removeAll { slow.contains($0.name) }
  package.products.removeAll { slow.contains($0.name) }
}
