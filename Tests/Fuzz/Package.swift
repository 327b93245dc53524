// swift-tools-version: 6.0
import PackageDescription

// A package of its own, because all of it is compiled with libFuzzer's and AddressSanitizer's instructions: see `run`.
let package = Package(
  name: "spade-fuzz",
  dependencies: [.package(name: "spade", path: "../..")],
  targets: [
    // libFuzzer's entry.
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "spade-fuzz",
      dependencies: [
        "CFuzzer",
        .product(name: "SpadeRuntime", package: "spade"),
        .product(name: "SpadeImage", package: "spade"),
        .product(name: "SpadeTools", package: "spade"),
        .product(name: "SpadeStudio", package: "spade"),
        .product(name: "SpadeQuantize", package: "spade"),
      ]),
  ],
  cLanguageStandard: .c11
)
