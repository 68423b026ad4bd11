import FoveaBackends
import FoveaCore
import ONNXRuntimeBackend
import Foundation
import Testing

/// Where compiled models are kept: `<model's folder>/<provider>/<key>/`, with
/// a key that changes with all that compiled code depends on.
@Suite(.needsCCompiler) struct CompileCacheTests {
    @Test func theKeyChangesWithWhatTheCodeDependsOn() async throws {
        try await RecordingRuntime.with { runtime in
            var keys: [[String]] = []
            // Folders that are used stay.
            var sessions: [any ModelSession] = []
            func open(
                _ device: String = "tensorrt:0", _ precision: Precision = .fp32, driver: String = "580.65"
            ) async throws {
                let backend = try runtime.backend(device, precision) { $0.driver = driver }
                sessions.append(try await backend.open(runtime.model))
                keys.append(runtime.cacheFolders("tensorrt"))
            }
            try await open()
            try await open()
            #expect(keys[0].count == 1)
            #expect(keys[1] == keys[0], "Nothing changed")

            try await open(driver: "580.82")
            try await open("tensorrt:0", .fp16)
            try await open("tensorrt:1")
            try runtime.play("version", "1.30.0")
            try await open()
            try runtime.play("version", "1.31.1")
            try await open()
            #expect(keys.map(\.count) == [1, 1, 2, 3, 4, 5, 5])
            #expect(sessions.count == keys.count)
        }
    }

    @Test func theKeyChangesWithTheModel() async throws {
        try await RecordingRuntime.with { runtime in
            let manager = FileManager.default
            func stamp(_ seconds: Double) throws {
                try manager.setAttributes(
                    [.modificationDate: Date(timeIntervalSince1970: seconds)],
                    ofItemAtPath: runtime.model.path)
            }
            var sessions: [any ModelSession] = []
            func count() async throws -> Int {
                sessions.append(try await runtime.backend("migraphx:0").open(runtime.model))
                return runtime.cacheFolders("migraphx").count
            }
            try stamp(1_000_000)
            #expect(try await count() == 1)
            #expect(try await count() == 1)
            try stamp(1_000_001)
            #expect(try await count() == 2, "Another time")
            try Data("another model".utf8).write(to: runtime.model)
            try stamp(1_000_001)
            #expect(try await count() == 3, "Another size")
            #expect(sessions.count == 4)
        }
    }

    @Test(arguments: [("cpu", false), ("cuda:0", false), ("webgpu:0", true)])
    func whatCompilesNothingHasNone(device: String, isPlugIn: Bool) async throws {
        try await RecordingRuntime.with { runtime in
            _ = try await runtime.open(device, plugIn: isPlugIn ? runtime.plugIn : nil)
            let folder = runtime.model.deletingLastPathComponent()
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.onnx"])
        }
    }

    /// Its provider compiles nothing and takes no option for a folder.
    @Test func rocmHasNone() async throws {
        try await RecordingRuntime.with(version: "1.22.2") { runtime in
            _ = try await runtime.open("rocm:0")
            #expect(runtime.cacheFolders("rocm") == [])
        }
    }

    /// Devices that keep something, where they keep it, and how that option
    /// starts.
    static let keepers = [
        ("tensorrt:0", "tensorrt", false, ["trt_engine_cache", "trt_timing_cache"]),
        ("migraphx:0", "migraphx", false, ["migraphx_model_cache_dir"]),
        ("openvino:GPU.0", "openvino", false, ["cache_dir"]),
        ("openvino:GPU.0", "openvino", true, ["CACHE_DIR"]),
        ("tensorrt-rtx:0", "tensorrt-rtx", true, ["nv_runtime_cache_path"]),
    ]

    /// Whoever runs the tests, nothing can be made below a file.
    @Test(arguments: keepers)
    func aModelIsOpenedWhereNothingCanBeKept(
        device: String, provider: String, isPlugIn: Bool, options: [String]
    ) async throws {
        try await RecordingRuntime.with { runtime in
            let place = runtime.model.deletingLastPathComponent().appending(component: provider)
            try Data().write(to: place)
            let calls = try await runtime.open(device, plugIn: isPlugIn ? runtime.plugIn : nil)
            try #require(calls.named("CreateSession").count == 1)
            for option in options { #expect(!runtime.calls.description.contains(option)) }
        }
    }

    @Test(
        .enabled(if: geteuid() != 0, "The superuser may write to a folder that is read-only."),
        arguments: keepers)
    func aModelIsOpenedInAReadOnlyFolder(
        device: String, provider: String, isPlugIn: Bool, options: [String]
    ) async throws {
        try await RecordingRuntime.with { runtime in
            let folder = runtime.model.deletingLastPathComponent()
            let manager = FileManager.default
            try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder.path)
            defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path) }
            let calls = try await runtime.open(device, plugIn: isPlugIn ? runtime.plugIn : nil)
            try #require(calls.named("CreateSession").count == 1)
            for option in options { #expect(!runtime.calls.description.contains(option)) }
            #expect(try manager.contentsOfDirectory(atPath: folder.path) == ["model.onnx"])
        }
    }
}
