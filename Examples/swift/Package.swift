// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "paint",
  dependencies: [.package(name: "spade", path: "../..")],
  targets: [
    .executableTarget(
      name: "paint", dependencies: [.product(name: "SpadeRuntime", package: "spade")], path: ".",
      sources: ["paint.swift"])
  ])
