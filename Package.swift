// swift-tools-version: 6.2
import PackageDescription

// `make check` and CI build with FOVEA_STRICT=1, which turns warnings into errors.
let strict = Context.environment["FOVEA_STRICT"] != nil
// `make fuzz` builds the fuzzers with FOVEA_FUZZ=1; they link with its runtime only.
let fuzz = Context.environment["FOVEA_FUZZ"] != nil

let swiftSettings: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (strict ? [.treatAllWarnings(as: .error)] : [])

/// Relocations as a bit for each address (DT_RELR, from glibc 2.36 on): a megabyte less of the program is read
/// at each start, and stays in the memory of a gateway that has nothing to do.
let smallRelocations: [LinkerSetting] = [
    .unsafeFlags(
        ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"], .when(platforms: [.linux]))
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// `make fuzz` builds these and no test does, because each has the fuzzer's own `main`.
let fuzzers: [Target] =
    fuzz
    ? ["Entries", "Forms", "Pictures", "Tokenizers"].map { name in
        executable("fuzz-\(name.lowercased())", ["FoveaFuzz"], path: "Sources/FoveaFuzzers/\(name)")
    } : []

/// A target with the settings that all of them share.
func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func executable(
    _ name: String, _ dependencies: [Target.Dependency], path: String? = nil,
    linkerSettings: [LinkerSetting] = []
) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: path, swiftSettings: swiftSettings,
        linkerSettings: linkerSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

let package = Package(
    name: "fovea",
    products: [
        .executable(name: "fovea", targets: ["fovea"]),
        .library(name: "FoveaKernels", targets: ["FoveaKernels"]),
        .library(name: "FoveaTesting", targets: ["FoveaTesting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        // Values only.
        target("FoveaCore"),

        // Pictures and texts to tensors.
        .target(
            name: "CImageCodecs",
            linkerSettings: [
                "jpeg", "png16", "webp", "webpdemux", "gif", "tiff", "avif", "heif", "openjp2",
            ].map { .linkedLibrary($0) }),
        .target(name: "CPixelKernels"),
        target("FoveaImaging", ["FoveaCore", "CImageCodecs", "CPixelKernels"]),
        target("FoveaTokenizers", ["FoveaCore"]),

        // Engines that run graphs.
        target("FoveaBackends", ["FoveaCore"]),
        .target(name: "CONNXRuntime"),
        target("ONNXRuntimeBackend", ["FoveaCore", "FoveaBackends", "CONNXRuntime"]),
        .target(name: "CArmNN"),
        target("ArmNNBackend", ["FoveaCore", "FoveaBackends", "CArmNN"]),
        .target(name: "CRKNN"),
        target("RKNNBackend", ["FoveaCore", "FoveaBackends", "CRKNN"]),

        // Files from servers.
        target(
            "FoveaDownload",
            [
                "FoveaCore", crypto,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),

        // What machines have, and what they lack.
        .target(name: "CNVML"),
        target("FoveaSystem", ["FoveaCore", "FoveaBackends", "CNVML"]),
        .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
        target(
            "FoveaInstaller",
            [
                "FoveaCore", "FoveaBackends", "FoveaDownload", "CZlib",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),

        // Graphs that are changed before an engine opens them.
        target("FoveaGraphs", ["FoveaCore"]),

        // What is done with them.
        target("FoveaModels", ["FoveaCore", crypto]),
        // Where models come from, and how they are kept.
        target(
            "FoveaHub",
            [
                "FoveaCore", "FoveaDownload", "FoveaModels", crypto,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ]),
        target(
            "FoveaTasks",
            ["CPixelKernels", "FoveaCore", "FoveaImaging", "FoveaTokenizers", "FoveaBackends"]),
        .target(name: "CProbePictures"),
        target(
            "FoveaEngine",
            [
                "FoveaCore", "FoveaImaging", "FoveaTokenizers", "FoveaBackends", "FoveaGraphs", "FoveaModels",
                "FoveaTasks", "CProbePictures", logging,
            ]),

        // What is counted and reported about the service.
        target("FoveaMetrics", ["FoveaCore"]),

        // The contract over HTTP.
        target(
            "FoveaServer",
            [
                "FoveaCore", "FoveaMetrics", crypto, logging, lifecycle,
                .product(name: "Yams", package: "Yams"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ]),

        // Workers, and the gateway in front of them.
        target("FoveaWorker", ["FoveaCore", "FoveaEngine", "FoveaServer", logging, lifecycle]),
        target(
            "FoveaGateway",
            [
                "FoveaCore", "FoveaMetrics", "FoveaServer", logging,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),

        // Which device runs what, by which engine.
        target(
            "FoveaDevices",
            [
                "FoveaCore", "FoveaBackends", "FoveaEngine", "FoveaGraphs", "FoveaServer", "FoveaSystem",
                "ArmNNBackend", "ONNXRuntimeBackend", "RKNNBackend", logging,
            ]),

        // The commands.
        executable(
            "fovea",
            [
                "CONNXRuntime", "FoveaBench", "FoveaCore", "FoveaBackends", "FoveaClient", "FoveaDevices",
                "FoveaEngine",
                "FoveaHub", "FoveaInstaller", "FoveaSystem", "FoveaGateway", "FoveaImaging",
                "FoveaMetrics",
                "FoveaModels",
                "FoveaServer", "FoveaTokenizers", "FoveaWorker", "ONNXRuntimeBackend", arguments, logging,
                lifecycle,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            linkerSettings: smallRelocations),

        // What clients of the contract need.
        target("FoveaClient", ["FoveaCore"]),

        // What `fovea bench` measures, and how.
        .target(name: "CPreviewEncoder", linkerSettings: [.linkedLibrary("jpeg")]),
        target(
            "FoveaBench",
            [
                "CPreviewEncoder", "FoveaBackends", "FoveaClient", "FoveaCore", "FoveaGraphs", "FoveaImaging",
                "FoveaMetrics",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),

        // What `make bench-kernels` measures: Benchmarks/Kernels is a package of its own, and sees this one only.
        target(
            "FoveaKernels",
            [
                "CPreviewEncoder", "FoveaBackends", "FoveaCore", "FoveaImaging", "FoveaTasks",
                "FoveaTokenizers",
            ]),

        // What `make demo` runs: a client of the contract.
        target("FoveaDemoKit", ["FoveaClient", "FoveaCore"]),
        executable(
            "fovea-demo", ["FoveaClient", "FoveaCore", "FoveaDemoKit", arguments], path: "Sources/FoveaDemo"),

        // A worker that misbehaves, for `make faults`.
        executable(
            "fovea-faulty-worker",
            [
                "FoveaBackends", "FoveaCore", "FoveaEngine", "FoveaModels", "FoveaServer", "FoveaWorker",
                logging,
            ],
            path: "Sources/FoveaFaultyWorker"),

        // For the tests, and for authors of backends.
        target("FoveaTesting", ["FoveaCore", "FoveaBackends", crypto]),
        // A download that tests kill.
        executable(
            "fovea-downloader",
            [
                "FoveaCore", "FoveaDownload",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ], path: "Sources/FoveaDownloader"),
        // Any bytes will do: what the fuzzers and a test of their own run.
        target(
            "FoveaFuzz",
            [
                "FoveaCore", "FoveaImaging", "FoveaServer", "FoveaTokenizers",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        tests("FoveaCoreTests", ["FoveaCore"]),
        tests("FoveaFuzzTests", ["FoveaFuzz"]),
        tests("FoveaImagingTests", ["FoveaCore", "FoveaImaging"]),
        tests(
            "ONNXRuntimeBackendTests", ["FoveaCore", "FoveaBackends", "ONNXRuntimeBackend", "FoveaTesting"]),
        tests("ArmNNBackendTests", ["FoveaCore", "FoveaBackends", "ArmNNBackend"]),
        .testTarget(
            name: "RKNNBackendTests", dependencies: ["FoveaCore", "FoveaBackends", "RKNNBackend"],
            exclude: ["Stub"], swiftSettings: swiftSettings),
        tests(
            "FoveaDownloadTests",
            [
                "FoveaCore", "FoveaDownload", "FoveaTesting", "fovea-downloader", crypto,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]),
        tests(
            "FoveaInstallerTests",
            [
                "CZlib", "FoveaCore", "FoveaBackends", "FoveaDownload", "FoveaInstaller", "FoveaTesting",
                crypto,
            ]),
        tests("FoveaSystemTests", ["FoveaCore", "FoveaBackends", "FoveaSystem"]),
        tests(
            "FoveaDevicesTests",
            [
                "FoveaCore", "FoveaBackends", "FoveaDevices", "FoveaEngine", "FoveaGraphs", "FoveaServer",
                "FoveaSystem", logging,
            ]),
        tests(
            "FoveaGraphsTests",
            [
                "FoveaCore", "FoveaBackends", "FoveaGraphs", "FoveaImaging", "FoveaTasks", "FoveaTesting",
                "ONNXRuntimeBackend",
            ]),
        tests("FoveaModelsTests", ["FoveaCore", "FoveaModels"]),
        // Gets a model in a process of its own, which the tests of FoveaHub end.
        executable("fovea-puller", ["FoveaCore", "FoveaHub"], path: "Sources/FoveaPuller"),
        tests(
            "FoveaHubTests",
            ["FoveaCore", "FoveaDownload", "FoveaHub", "FoveaModels", "FoveaTesting", "fovea-puller"]),
        tests(
            "FoveaTasksTests",
            [
                "FoveaCore", "FoveaBackends", "FoveaImaging", "FoveaTokenizers", "FoveaTasks", "FoveaTesting",
                "ONNXRuntimeBackend",
            ]),
        tests(
            "FoveaEngineTests",
            [
                "FoveaCore", "FoveaBackends", "FoveaEngine", "FoveaGraphs", "FoveaImaging", "FoveaModels",
                "FoveaTasks", "FoveaTesting", "ONNXRuntimeBackend", logging,
            ]),
        tests(
            "FoveaBenchTests",
            [
                "FoveaBackends", "FoveaBench", "FoveaClient", "FoveaCore", "FoveaImaging", "FoveaMetrics",
                "FoveaServer", "FoveaTesting", "ONNXRuntimeBackend", logging, lifecycle,
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        tests("FoveaKernelsTests", ["FoveaKernels"]),
        tests("FoveaDemoTests", ["FoveaClient", "FoveaCore", "FoveaDemoKit"]),
        tests("FoveaMetricsTests", ["FoveaCore", "FoveaMetrics"]),
        tests(
            "FoveaServerTests",
            [
                "FoveaCore", "FoveaMetrics", "FoveaServer", logging, lifecycle,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
        tests(
            "FoveaGatewayTests",
            [
                "FoveaCore", "FoveaGateway", "FoveaMetrics", "FoveaServer", logging, lifecycle,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "SystemPackage", package: "swift-system"),
            ]),
        tests(
            "FoveaWorkerTests",
            [
                "FoveaCore", "FoveaBackends", "FoveaEngine", "FoveaModels", "FoveaServer", "FoveaTesting",
                "FoveaWorker", logging,
            ]),
    ] + fuzzers
)
