// swift-tools-version: 6.0
import PackageDescription

// A package of its own, so that whoever builds Spade does not fetch the benchmark library.
let package = Package(
  name: "spade-benchmarks",
  dependencies: [
    .package(name: "spade", path: ".."),
    .package(url: "https://github.com/google/swift-benchmark", from: "0.1.2"),
  ],
  targets: [
    // What the instructions of a kernel set can do at best.
    .target(name: "CPeak"),
    .executableTarget(
      name: "SpadeBenchmarks",
      dependencies: [
        "CPeak",
        .product(name: "CSpadeKernels", package: "spade"),
        .product(name: "SpadeRuntime", package: "spade"),
        .product(name: "SpadeImage", package: "spade"),
        .product(name: "Benchmark", package: "swift-benchmark"),
      ]),
  ],
  swiftLanguageModes: [.v5],
  cLanguageStandard: .c11
)
