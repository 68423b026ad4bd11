// swift-tools-version: 6.2
import PackageDescription

// `make check` and CI build with FOVEA_STRICT=1, which turns warnings into errors.
let strict = Context.environment["FOVEA_STRICT"] != nil

let swiftSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

let package = Package(
    name: "fovea",
    products: [
        .executable(name: "fovea", targets: ["fovea"]),
        .library(name: "FoveaTesting", targets: ["FoveaTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // Values only.
        .target(name: "FoveaCore", swiftSettings: swiftSettings),
        .target(name: "FoveaBackends", dependencies: ["FoveaCore"], swiftSettings: swiftSettings),
    ]
)
