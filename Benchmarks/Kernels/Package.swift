// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the service's build neither fetches nor builds the benchmark runner.
let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let kernels = Target.Dependency.product(name: "FoveaKernels", package: "fovea")

let package = Package(
    name: "kernels",
    dependencies: [
        .package(name: "fovea", path: "../.."),
        // Its traits replace malloc and the runtime's reference counting; allocations are counted without that.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "FoveaKernelBenchmarks",
            dependencies: [kernels, .product(name: "Benchmark", package: "benchmark")],
            path: "Benchmarks/FoveaKernelBenchmarks", swiftSettings: swiftSettings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        // Runs one kernel a given number of times, for tools that count instructions or allocations.
        .executableTarget(name: "kernel", dependencies: [kernels], swiftSettings: swiftSettings),
    ]
)
