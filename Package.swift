// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "spade",
  products: [
    .executable(name: "spade", targets: ["spade"]),
    .library(name: "SpadeRuntime", targets: ["SpadeRuntime", "SpadeModel"]),
    .library(name: "SpadeImage", targets: ["SpadeImage"]),
    .library(name: "CSpadeKernels", targets: ["CSpadeKernels"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // The inner loops, the file format and the executor: nothing here allocates or fails while it runs.
    .target(name: "CSpadeKernels"),
    .target(name: "CSpadePlatform", dependencies: ["CSpadeKernels"]),
    .target(name: "SpadeModel", exclude: ["FORMAT.md"]),
    .target(name: "SpadeRuntime", dependencies: ["SpadeModel", "CSpadeKernels", "CSpadePlatform"]),

    // What is known of the boards; a folder each.
    .target(
      name: "SpadeBoards", path: "Targets",
      exclude: ["README.md", "embedded", "kernel-analysis", "kernel-sweep"],
      sources: [
        "SpadeBoards", "aarch64-linux", "raspberry-pi-3", "raspberry-pi-4", "raspberry-pi-5",
        "raspberry-pi-zero-2-w",
      ]),

    // Pictures and label maps.
    .systemLibrary(name: "CPNG", providers: [.apt(["libpng-dev"])]),
    .target(
      name: "CSpadePNG", dependencies: ["CPNG"], linkerSettings: [.linkedLibrary("png")]),
    .target(name: "SpadeImage", dependencies: ["CSpadePNG"]),

    // The offline compiler.
    .target(name: "COpenBLAS", path: "Quantize/COpenBLAS"),
    .target(
      name: "SpadeQuantize", dependencies: ["SpadeModel", "COpenBLAS"],
      path: "Quantize/SpadeQuantize"),

    .executableTarget(
      name: "spade",
      dependencies: [
        "SpadeRuntime", "SpadeImage", "SpadeQuantize", "SpadeBoards",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Compares kernel sets byte by byte; also built for other processors by Targets/kernel-sweep.
    .target(name: "SpadeKernelSweep", dependencies: ["CSpadeKernels"], path: "Tests/SpadeKernelSweep"),
    .testTarget(
      name: "SpadeKernelsTests", dependencies: ["CSpadeKernels", "CSpadePlatform", "SpadeKernelSweep"]),
    // Small model files, and memory that notices whoever leaves it.
    .target(
      name: "SpadeTestSupport", dependencies: ["SpadeModel", "SpadeRuntime", "SpadeQuantize"],
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
      dependencies: ["SpadeRuntime", "SpadeQuantize", "SpadeImage", "SpadeTestSupport", "CSpadeKernels"],
      exclude: ["Golden"]),
    .testTarget(name: "SpadeBoardsTests", dependencies: ["SpadeBoards"]),
    .testTarget(name: "SpadeImageTests", dependencies: ["SpadeImage"]),
    .testTarget(name: "SpadeQuantizeTests", dependencies: ["SpadeQuantize", "SpadeImage"]),
    .testTarget(name: "SpadeCommandTests", dependencies: ["spade", "SpadeImage"]),
  ],
  cLanguageStandard: .c11
)
