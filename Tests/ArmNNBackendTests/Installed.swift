import ArmNNBackend
import FoveaBackends
import FoveaCore
import Foundation
import Testing

/// The Arm NN that is installed, and networks that it can read.
enum Installed {
    private static let variables = ProcessInfo.processInfo.environment

    /// The network `dense.armnn` that Shims/armnn's `make models` wrote; the
    /// others are beside it.
    private static let model = variables["FOVEA_TEST_ARMNN_MODEL"].map { URL(filePath: $0) }

    static let isThere = variables["FOVEA_ARMNN_SHIM"] != nil && model != nil
    static let reason: Comment = """
        FOVEA_ARMNN_SHIM and FOVEA_TEST_ARMNN_MODEL do not name what `make -C Shims/armnn all models` builds.
        """

    static func file(_ name: String) throws -> URL {
        try #require(model).deletingLastPathComponent().appending(path: name)
    }

    /// On the reference backend, which runs on any processor.
    static func backend(_ change: (inout ArmNNConfiguration) -> Void = { _ in }) throws -> ArmNNBackend {
        var configuration = ArmNNConfiguration(backends: ["CpuRef"])
        change(&configuration)
        return try ArmNNBackend(configuration: configuration)
    }

    static func open(_ name: String) async throws -> any ModelSession {
        try await backend().open(try file(name))
    }
}
